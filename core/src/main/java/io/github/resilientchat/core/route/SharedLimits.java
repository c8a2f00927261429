package io.github.resilientchat.core.route;

import io.github.resilientchat.core.quota.Limits;

/**
 * Limits that several targets draw on together, such as those of one quota of the provider.
 *
 * @param key what has them; targets that name one key have one account, whatever routes they are in
 */
public record SharedLimits(String key, Limits limits) {

  public SharedLimits {
    if (key.isBlank()) {
      throw new IllegalArgumentException("shared limits need a key");
    }
  }
}
