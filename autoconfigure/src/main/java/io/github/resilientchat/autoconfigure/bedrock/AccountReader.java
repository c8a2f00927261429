package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.bedrock.RoleSessions;
import io.github.resilientchat.bedrock.StsPlaces;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkSystemSetting;
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
    StsPlaces places = places(key, properties, near(regionsOf(name)));
    String profile = properties.profile();
    return profile == null
        ? surroundings(key, name, places)
        : profile(key, profile, () -> sessions.profile(name, profile, places));
  }

  private StsPlaces places(String key, AccountProperties properties, Collection<Region> regions) {
    return StsPlaces.of(
        List.copyOf(regions),
        endpoints.sts(key, properties),
        properties.fips(),
        properties.dualStack());
  }

  /** Roles of the surroundings are asked for in their own Region first. */
  private static Set<Region> near(Set<String> regions) {
    Set<Region> near = new LinkedHashSet<>();
    SdkSystemSetting.AWS_REGION.getStringValue().map(Region::of).ifPresent(near::add);
    regions.forEach(region -> near.add(Region.of(region)));
    return near;
  }

  private BedrockAccount assumed(String name, String key, AccountProperties properties) {
    StsPlaces places = places(key, properties, regionsOf(name).stream().map(Region::of).toList());
    var role = new RoleReader(key, properties).read(name);
    if (properties.webIdentityTokenFile() != null) {
      return sessions.account(name, role, places);
    }
    BedrockAccount source =
        properties.source() == null ? surroundings() : account(properties.source());
    return sessions.account(name, role, source, places);
  }

  /** What the SDK's default chain finds, one for all roles that name no source. */
  private BedrockAccount surroundings() {
    if (surroundings == null) {
      Set<String> all = new TreeSet<>();
      regions.values().forEach(all::addAll);
      surroundings =
          surroundings(
              "resilient.accounts",
              "(default chain)",
              places("", AccountProperties.DEFAULT_CHAIN, near(all)));
    }
    return surroundings;
  }

  private BedrockAccount surroundings(String key, String name, StsPlaces places) {
    try {
      return sessions.surroundings(name, places);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationException(
          key,
          null,
          String.valueOf(e.getMessage()),
          "mend what the environment says of AWS, or say here where credentials come from");
    }
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
        problems.collect(
            () ->
                profile(
                    "resilient.accounts." + name,
                    profile,
                    () -> BedrockAccount.profile(name, profile)));
      }
    }
  }

  private static BedrockAccount profile(
      String key, String profile, Supplier<BedrockAccount> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationException(
          key + ".profile",
          profile,
          String.valueOf(e.getMessage()),
          "write a profile of your AWS configuration files, or add what it needs");
    }
  }
}
