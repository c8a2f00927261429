package io.github.resilientchat.autoconfigure.route;

import java.util.Set;

/** The accounts that are configured, which targets may name; a bean of whoever reads them. */
public record AccountNames(Set<String> all) {

  static final AccountNames NONE = new AccountNames(Set.of());

  public AccountNames {
    all = Set.copyOf(all);
  }
}
