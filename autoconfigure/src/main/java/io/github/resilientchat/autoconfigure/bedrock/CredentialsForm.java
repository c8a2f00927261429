package io.github.resilientchat.autoconfigure.bedrock;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The forms in which an account says where its credentials come from. */
enum CredentialsForm {
  PROFILE("a profile", "profile", account -> account.profile() != null),
  ROLE("a role", "role-arn", account -> account.roleArn() != null),
  KEYS("keys", "access-key", AccountProperties::hasKeys),
  API_KEY("an API key", "api-key", account -> account.apiKey() != null),
  BEAN("a bean", "credentials-bean", account -> account.credentialsBean() != null);

  private final String words;
  private final String key;
  private final Predicate<AccountProperties> set;

  CredentialsForm(String words, String key, Predicate<AccountProperties> set) {
    this.words = words;
    this.key = key;
    this.set = set;
  }

  /** Those that are used; none is the default chain. */
  static List<CredentialsForm> of(AccountProperties account) {
    return Arrays.stream(values()).filter(form -> form.set.test(account)).toList();
  }

  String words() {
    return words;
  }

  /** The property that begins it, below the account. */
  String key() {
    return key;
  }
}
