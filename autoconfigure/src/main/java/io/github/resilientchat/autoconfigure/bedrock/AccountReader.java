package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.bedrock.RegionalEndpoints;
import io.github.resilientchat.bedrock.RoleSessions;
import io.github.resilientchat.bedrock.StsPlaces;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/** Makes the accounts that properties describe. Opens no connection and reads no credentials. */
final class AccountReader {

  private final Map<String, AccountProperties> tree;
  private final EndpointReader endpoints;
  private final RoleSessions sessions;
  private final CredentialsBeans beans;
  private final Map<String, Set<String>> regions;
  private final Map<String, BedrockAccount> made = new HashMap<>();
  private @Nullable BedrockAccount surroundings;

  /**
   * @param regions of the targets that use each account, by its name
   */
  AccountReader(
      AccountsProperties tree,
      HttpProperties http,
      RoleSessions sessions,
      CredentialsBeans beans,
      Map<String, Set<String>> regions) {
    this.tree = tree.accounts();
    this.endpoints = new EndpointReader(http.guard());
    this.sessions = sessions;
    this.beans = beans;
    this.regions = new TreeMap<>(regions);
  }

  /**
   * The accounts that targets use, and those whose credentials assume their roles; the credentials
   * of others are never looked at.
   *
   * @throws InvalidConfigurationException with every problem of them
   */
  BedrockAccounts read() {
    Set<String> used = Set.copyOf(regions.keySet());
    used.forEach(this::leadRegionsToSources);
    Problems problems = new Problems();
    Map<String, BedrockAccount> accounts = new TreeMap<>();
    for (String name : new TreeSet<>(used)) {
      problems.collect(() -> account(name)).ifPresent(account -> accounts.put(name, account));
    }
    problems.report();
    SharedIdentity.warn(accounts.keySet(), tree);
    Map<String, BedrockAccount> all = new HashMap<>(made);
    if (surroundings != null) {
      all.put("", surroundings);
    }
    return new BedrockAccounts(accounts, List.copyOf(all.values()));
  }

  /** Sessions of a source are asked for where those of its roles are. */
  private void leadRegionsToSources(String name) {
    Set<String> own = regions.getOrDefault(name, Set.of());
    String source = properties(name).roleArn() == null ? null : properties(name).source();
    if (source != null) {
      regions.computeIfAbsent(source, first -> new TreeSet<>()).addAll(own);
      leadRegionsToSources(source);
    }
  }

  private AccountProperties properties(String name) {
    return tree.getOrDefault(name, AccountProperties.DEFAULT_CHAIN);
  }

  private BedrockAccount account(String name) {
    BedrockAccount known = made.get(name);
    if (known != null) {
      return known;
    }
    AccountProperties properties = properties(name);
    String key = "resilient.accounts." + name;
    BedrockAccount account =
        credentials(name, key, properties)
            .withVariants(properties.fips(), properties.dualStack())
            .withEndpoints(endpoints.read(key, properties, regionsOf(name)));
    made.put(name, account);
    return account;
  }

  private Set<String> regionsOf(String name) {
    return regions.getOrDefault(name, Set.of());
  }

  private BedrockAccount credentials(String name, String key, AccountProperties properties) {
    if (properties.roleArn() != null) {
      return assumed(name, key, properties);
    }
    if (properties.apiKey() != null) {
      return BedrockAccount.apiKey(name, properties.apiKey());
    }
    if (properties.credentialsBean() != null) {
      return beans.account(name, key + ".credentials-bean", properties.credentialsBean());
    }
    if (properties.accessKey() != null && properties.secretKey() != null) {
      return BedrockAccount.staticKeys(
          name, properties.accessKey(), properties.secretKey(), properties.sessionToken());
    }
    return properties.profile() == null
        ? BedrockAccount.defaultChain(name)
        : profile(name, key, properties.profile());
  }

  private BedrockAccount assumed(String name, String key, AccountProperties properties) {
    RegionalEndpoints sts = endpoints.sts(key, properties);
    StsPlaces places =
        StsPlaces.of(
            regionsOf(name).stream().map(Region::of).toList(),
            sts,
            properties.fips(),
            properties.dualStack());
    var role = new RoleReader(key, properties).read(name);
    if (properties.webIdentityTokenFile() != null) {
      return sessions.account(name, role, places);
    }
    BedrockAccount source =
        properties.source() == null ? surroundings() : account(properties.source());
    return sessions.account(name, role, source, places);
  }

  /** The SDK's default chain, one for all roles that name no source. */
  private BedrockAccount surroundings() {
    if (surroundings == null) {
      surroundings = BedrockAccount.defaultChain("(default chain)");
    }
    return surroundings;
  }

  /**
   * Adds profiles that cannot be used, of accounts in use and of those that lead to their roles;
   * others are never looked at. Opens nothing.
   */
  static void checkProfiles(AccountsProperties tree, Set<String> used, Problems problems) {
    Set<String> asked = new TreeSet<>(tree.sources());
    asked.addAll(used);
    for (String name : asked) {
      AccountProperties account = tree.accounts().get(name);
      if (account != null && account.profile() != null && CredentialsForm.of(account).size() == 1) {
        String profile = account.profile();
        problems.collect(() -> profile(name, "resilient.accounts." + name, profile));
      }
    }
  }

  private static BedrockAccount profile(String name, String key, String profile) {
    try {
      return BedrockAccount.profile(name, profile);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationException(
          key + ".profile",
          profile,
          String.valueOf(e.getMessage()),
          "write a profile of your AWS configuration files, or add what it needs");
    }
  }
}
