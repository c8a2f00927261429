package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.Nearest;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.bedrock.ModelRegions;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a model is called in each place: application inference profiles and provisioned throughput
 * belong to an account and a Region, and so have an ARN for each.
 *
 * @param usual id, where nothing else is said; {@code {region}} in it stands for the Region
 * @param byAccount the same of single accounts
 * @param byPlace ids of single Regions, without dashes, of single accounts
 */
record ModelIds(
    String usual, Map<String, String> byAccount, Map<String, Map<String, String>> byPlace) {

  private static final String REGION = "{region}";

  static ModelIds of(String id) {
    return new ModelIds(id, Map.of(), Map.of());
  }

  /** The id at a place: the most specific one that is written. */
  String at(String region, String account) {
    String own = byPlace.getOrDefault(account, Map.of()).get(plain(region));
    return own != null ? own : byAccount.getOrDefault(account, usual).replace(REGION, region);
  }

  /** Whether other Regions of the account have an id of their own, and this one is left out. */
  boolean leavesOut(String region, String account) {
    Map<String, String> ofAccount = byPlace.getOrDefault(account, Map.of());
    return !ofAccount.isEmpty()
        && !ofAccount.containsKey(plain(region))
        && !byAccount.containsKey(account);
  }

  /**
   * Adds places that there are not: a key that means none would be passed over in silence.
   *
   * @param key of the model
   * @param accounts that are configured
   */
  void check(String key, Set<String> accounts, Problems problems) {
    Set<String> known = new TreeSet<>(accounts);
    known.add(PlaceReader.DEFAULT_ACCOUNT);
    byAccount.forEach(
        (account, id) -> account(key + ".id-by-account." + account, id, account, known, problems));
    Set<String> regions = new TreeSet<>();
    ModelRegions.known().forEach(region -> regions.add(plain(region)));
    byPlace.forEach(
        (account, ids) ->
            ids.forEach(
                (region, id) -> {
                  String at = key + ".ids." + account + "." + region;
                  account(at, id, account, known, problems);
                  if (!regions.contains(region)) {
                    problems.add(
                        at,
                        id,
                        "'" + region + "' is no Region without dashes",
                        Nearest.hint(region, regions));
                  }
                }));
  }

  private static void account(
      String key, String id, String account, Set<String> known, Problems problems) {
    if (!known.contains(account)) {
      problems.add(
          key,
          id,
          "there is no account '" + account + "'",
          Nearest.hint(account, known) + " (set under resilient.accounts.<name>)");
    }
  }

  private static String plain(String region) {
    return region.replace("-", "");
  }
}
