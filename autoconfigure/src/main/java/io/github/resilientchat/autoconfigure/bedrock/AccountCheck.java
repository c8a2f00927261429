package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.autoconfigure.keys.Nearest;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.bedrock.AssumedRole;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the credentials and the endpoints of each account. */
final class AccountCheck {

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");

  private static final String STS = ".sts-endpoint";

  private final Map<String, AccountProperties> accounts;
  private final EndpointReader endpoints;
  private final Problems problems;

  private AccountCheck(
      Map<String, AccountProperties> accounts, HttpProperties http, Problems problems) {
    this.accounts = accounts;
    this.endpoints = new EndpointReader(http.guard());
    this.problems = problems;
  }

  static void check(
      Map<String, AccountProperties> accounts, HttpProperties http, Problems problems) {
    http.allowedHosts().stream()
        .filter(host -> !HOST.matcher(host).matches())
        .forEach(
            host ->
                problems.add(
                    "resilient.http.allowed-hosts",
                    host,
                    "is no name of a host",
                    "write names such as bedrock.internal, without scheme, port or path"));
    AccountCheck check = new AccountCheck(accounts, http, problems);
    accounts.forEach((name, account) -> check.account(name, account));
  }

  /** What a value will be is not known; that nothing says it is told where it matters. */
  private void explainUnresolved(String key, AccountProperties account) {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    values.put(".profile", account.profile());
    values.put(".access-key", account.accessKey());
    values.put(".secret-key", account.secretKey());
    values.put(".session-token", account.sessionToken());
    values.put(".api-key", account.apiKey());
    values.put(".role-arn", account.roleArn());
    values.put(".external-id", account.externalId());
    values.put(".session-name", account.sessionName());
    values.forEach(
        (leaf, value) -> {
          if (value != null && value.contains("${")) {
            problems.explain(key + leaf);
          }
        });
  }

  private void account(String name, AccountProperties account) {
    String key = "resilient.accounts." + name;
    explainUnresolved(key, account);
    List<CredentialsForm> forms = CredentialsForm.of(account);
    if (forms.size() > 1) {
      problems.add(
          key,
          null,
          "has %s forms of credentials: %s"
              .formatted(
                  forms.size() == 2 ? "two" : "several",
                  String.join(" and ", forms.stream().map(CredentialsForm::words).toList())),
          "keep either "
              + String.join(" or ", forms.stream().map(form -> key + "." + form.key()).toList()));
    } else if (account.hasKeys() && account.accessKey() == null) {
      problems.add(key + ".access-key", null, "is missing", "set it, or remove the other keys");
    } else if (account.hasKeys() && account.secretKey() == null) {
      problems.add(key + ".secret-key", null, "is missing", "set it, or remove the other keys");
    } else if (account.apiKey() != null && account.apiKey().isBlank()) {
      problems.add(key + ".api-key", null, "is blank", "set it to a Bedrock API key");
    }
    role(name, key, account);
    variants(key, account);
    endpoints.check(key, account, problems);
  }

  private void role(String name, String key, AccountProperties account) {
    if (account.roleArn() == null) {
      ofRoles(account)
          .forEach(
              (property, value) -> {
                if (value != null && !(property.equals(STS) && mayFindARole(account))) {
                  problems.add(
                      key + property,
                      value,
                      "is for accounts with a role",
                      "set " + key + ".role-arn, or remove it");
                }
              });
      return;
    }
    problems.collect(() -> new RoleReader(key, account).read(name)).ifPresent(role -> {});
    if (account.webIdentityTokenFile() != null && account.source() != null) {
      problems.add(
          key + ".source",
          account.source(),
          "has no use beside the token of a web identity",
          "keep either " + key + ".source or " + key + ".web-identity-token-file");
    } else if (account.source() != null) {
      source(name, key, account.source(), account);
    }
  }

  private static Map<String, @Nullable String> ofRoles(AccountProperties account) {
    Map<String, @Nullable String> properties = new LinkedHashMap<>();
    properties.put(".external-id", account.externalId());
    properties.put(".session-name", account.sessionName());
    properties.put(".session-duration", account.sessionDurationText());
    properties.put(
        ".session-tags",
        account.sessionTags().isEmpty() ? null : String.join(", ", account.sessionTags()));
    properties.put(".source", account.source());
    properties.put(".web-identity-token-file", account.webIdentityTokenFile());
    properties.put(STS, account.stsEndpoint());
    return properties;
  }

  /** A profile may be a role's, and so may what the surroundings say. */
  private static boolean mayFindARole(AccountProperties account) {
    List<CredentialsForm> forms = CredentialsForm.of(account);
    return forms.isEmpty() || forms.equals(List.of(CredentialsForm.PROFILE));
  }

  private void source(String name, String key, String source, AccountProperties account) {
    AccountProperties from = accounts.get(source);
    if (from == null) {
      problems.add(
          key + ".source",
          source,
          "is no account",
          Nearest.hint(source, accounts.keySet().stream().filter(n -> !n.equals(name)).toList()));
    } else if (goesRound(name)) {
      problems.add(
          key + ".source",
          source,
          "leads back to the account",
          "let one of them have a profile, keys or nothing in place of a role");
    } else if (from.apiKey() != null) {
      problems.add(
          key + ".source",
          source,
          "has an API key, which assumes no role",
          "name an account with a profile, keys, a role or nothing");
    } else if (from.roleArn() != null
        && account.sessionDuration() != null
        && account.sessionDuration().compareTo(AssumedRole.LONGEST_CHAINED) > 0) {
      problems.add(
          key + ".session-duration",
          account.sessionDurationText(),
          "is too long for a role that the session of another role assumes",
          "write at most 1h, or leave it out");
    }
  }

  private boolean goesRound(String name) {
    Set<String> seen = new HashSet<>();
    @Nullable String next = name;
    while (next != null && seen.add(next)) {
      AccountProperties account = accounts.get(next);
      next = account == null || account.roleArn() == null ? null : account.source();
    }
    return name.equals(next);
  }

  private void variants(String key, AccountProperties account) {
    if (!account.hasOwnEndpoint()) {
      return;
    }
    for (String variant : List.of(".fips", ".dual-stack")) {
      Boolean used = variant.equals(".fips") ? account.fips() : account.dualStack();
      if (Boolean.TRUE.equals(used)) {
        problems.add(
            key + variant,
            "true",
            "chooses among public endpoints, and the account has one of its own",
            "remove one of them; name a FIPS or dual-stack host in the endpoint itself");
      }
    }
  }
}
