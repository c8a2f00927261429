package io.github.resilientchat.tools.litellm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Accounts out of the credentials of deployments. A secret that stands in the file is left out. */
final class AccountImport {

  private static final String FROM_ENVIRONMENT = "os.environ/";

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

  /** The account's name, by its profile or role where it has one. */
  String name(Map<String, String> account) {
    return names.computeIfAbsent(
        account,
        unknown ->
            taken.of(
                account.getOrDefault(
                    "aws_profile_name",
                    account.getOrDefault("aws_role_name", "account").replaceFirst(".*/", ""))));
  }

  void write(Map<String, String> properties, List<String> notes) {
    names.forEach(
        (account, name) ->
            account.forEach((key, value) -> write(name, key, value, properties, notes)));
  }

  private static void write(
      String name, String key, String value, Map<String, String> properties, List<String> notes) {
    @Nullable String to = KEYS.get(key);
    if (to == null) {
      notes.add("account " + name + ": " + key + " has no key here; see docs/accounts.md");
    } else if (value.startsWith(FROM_ENVIRONMENT)) {
      properties.put(
          "resilient.accounts." + name + "." + to,
          "${" + value.substring(FROM_ENVIRONMENT.length()) + "}");
    } else if (SECRETS.contains(key)) {
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
      properties.put("resilient.accounts." + name + "." + to, value);
    }
  }
}
