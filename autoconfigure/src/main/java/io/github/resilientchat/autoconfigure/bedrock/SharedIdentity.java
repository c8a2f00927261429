package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.bedrock.AssumedRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at the start that accounts of several names are one at AWS, with one quota. */
final class SharedIdentity {

  private static final Logger LOG = LoggerFactory.getLogger(SharedIdentity.class);

  private SharedIdentity() {}

  static void warn(Set<String> names, Map<String, AccountProperties> tree) {
    Map<String, Set<String>> byIdentity = new TreeMap<>();
    for (String name : names) {
      identity(tree.getOrDefault(name, AccountProperties.DEFAULT_CHAIN))
          .ifPresent(
              identity -> byIdentity.computeIfAbsent(identity, first -> new TreeSet<>()).add(name));
    }
    byIdentity.forEach(
        (identity, same) -> {
          if (same.size() > 1) {
            LOG.warn(
                "the accounts {} are one to AWS, with one quota: all of them are {}; targets of"
                    + " theirs that differ in nothing else add no capacity",
                String.join(", ", same),
                identity);
          }
        });
  }

  /** In words that show no secret; empty where nothing is known. */
  private static Optional<String> identity(AccountProperties account) {
    List<CredentialsForm> forms = CredentialsForm.of(account);
    if (forms.isEmpty()) {
      return Optional.of("the SDK's default credentials chain");
    }
    return switch (forms.get(0)) {
      case PROFILE -> Optional.of("the profile " + account.profile());
      case ROLE ->
          Optional.ofNullable(account.roleArn())
              .map(arn -> "roles of the AWS account " + AssumedRole.of(arn).accountId());
      case BEAN -> Optional.of("the bean " + account.credentialsBean());
      case KEYS, API_KEY -> Optional.empty();
    };
  }
}
