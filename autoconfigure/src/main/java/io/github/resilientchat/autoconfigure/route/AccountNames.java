package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.core.quota.Limits;
import java.util.Map;
import java.util.Set;

/**
 * The accounts that are configured, which targets may name; a bean of whoever reads them.
 *
 * @param sources those whose credentials other accounts ask for their roles with
 * @param ids twelve digits of those that tell them, by name
 * @param limits of those that have some, by name; they hold in each Region
 */
public record AccountNames(
    Set<String> all, Set<String> sources, Map<String, String> ids, Map<String, Limits> limits) {

  static final AccountNames NONE = new AccountNames(Set.of(), Set.of(), Map.of(), Map.of());

  public AccountNames {
    all = Set.copyOf(all);
    sources = Set.copyOf(sources);
    ids = Map.copyOf(ids);
    limits = Map.copyOf(limits);
  }
}
