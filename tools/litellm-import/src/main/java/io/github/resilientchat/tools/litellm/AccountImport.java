package io.github.resilientchat.tools.litellm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Accounts out of the credentials of deployments. A secret that stands in the file is left out.
 * Deployments that say none take those of the process's surroundings: an account of its own beside
 * others, because one without a name would be another's.
 */
final class AccountImport {

  private static final Map<String, String> KEYS =
      Map.of(
          "aws_profile_name", "profile",
          "aws_role_name", "role-arn",
          "aws_session_name", "session-name",
          "aws_external_id", "external-id",
          "aws_access_key_id", "access-key",
          "aws_secret_access_key", "secret-key",
          "aws_session_token", "session-token",
          "aws_bedrock_runtime_endpoint", "endpoint",
          "api_key", "api-key");

  private static final List<String> SECRETS =
      List.of("aws_access_key_id", "aws_secret_access_key", "aws_session_token", "api_key");

  private final Map<Map<String, String>, String> names = new LinkedHashMap<>();
  private final Names taken = new Names();

  /** Those of these deployments, each with a name by its profile or role where it has one. */
  AccountImport(List<Deployment> deployments) {
    List<Map<String, String>> all = deployments.stream().map(Deployment::account).toList();
    all.stream()
        .filter(account -> !account.isEmpty())
        .forEach(account -> names.computeIfAbsent(account, this::named));
    if (!names.isEmpty() && all.contains(Map.<String, String>of())) {
      names.put(Map.of(), taken.of("ambient"));
    }
  }

  private String named(Map<String, String> account) {
    return taken.of(
        account.getOrDefault(
            "aws_profile_name",
            account.getOrDefault("aws_role_name", "account").replaceFirst(".*/", "")));
  }

  /** The account's name; null where no deployment says any credentials. */
  @Nullable String name(Map<String, String> account) {
    return names.get(account);
  }

  void write(Map<String, String> properties, List<String> notes) {
    @Nullable String ambient = names.get(Map.<String, String>of());
    if (ambient != null) {
      properties.put("resilient.accounts." + ambient, "");
      notes.add(
          "account "
              + ambient
              + ": deployments that say no credentials, beside others that do; its credentials are"
              + " those that the AWS SDK finds (docs/accounts.md)");
    }
    names.forEach(
        (account, name) -> {
          account.forEach((key, value) -> write(name, key, value, properties, notes));
          sourceOf(name, account, notes);
        });
  }

  /** LiteLLM assumes a role with what else stands beside it; here that is an account too. */
  private static void sourceOf(String name, Map<String, String> account, List<String> notes) {
    boolean another =
        Stream.of("aws_profile_name", "aws_access_key_id", "api_key")
            .anyMatch(account::containsKey);
    if (account.containsKey("aws_role_name") && another) {
      notes.add(
          "account "
              + name
              + ": a role and other credentials are two forms, which stop the start; move the others"
              + " to an account of their own and name it in resilient.accounts."
              + name
              + ".source");
    }
  }

  private static void write(
      String name, String key, String value, Map<String, String> properties, List<String> notes) {
    @Nullable String to = KEYS.get(key);
    if (to == null) {
      notes.add("account " + name + ": " + key + " has no key here; see docs/accounts.md");
    } else if (SECRETS.contains(key) && !Environment.isMeantBy(value)) {
      notes.add(
          "account "
              + name
              + ": "
              + key
              + " stands in the file and is not repeated here; set resilient.accounts."
              + name
              + "."
              + to
              + "=${...} from the environment or a secret store");
    } else {
      properties.put("resilient.accounts." + name + "." + to, Environment.reference(value));
    }
  }
}
