package io.github.resilientchat.autoconfigure.route;

import java.util.Set;

/**
 * The accounts that are configured, which targets may name; a bean of whoever reads them.
 *
 * @param sources those whose credentials other accounts ask for their roles with
 */
public record AccountNames(Set<String> all, Set<String> sources) {

  static final AccountNames NONE = new AccountNames(Set.of(), Set.of());

  public AccountNames {
    all = Set.copyOf(all);
    sources = Set.copyOf(sources);
  }
}
