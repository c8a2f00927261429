package io.github.resilientchat.autoconfigure.bedrock;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * AWS accounts.
 *
 * @param accounts AWS accounts by name; without any, the SDK's default credentials chain.
 */
@ConfigurationProperties("resilient")
record AccountsProperties(@DefaultValue Map<String, AccountProperties> accounts) {

  /** Accounts whose credentials other ones ask for their roles with. */
  Set<String> sources() {
    return accounts.values().stream()
        .filter(account -> account.roleArn() != null)
        .map(AccountProperties::source)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }
}
