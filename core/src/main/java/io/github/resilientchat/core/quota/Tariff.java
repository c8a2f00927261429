package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.Prices;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What calls over a route may cost.
 *
 * @param route the route's name
 * @param dearest the highest price of its targets for each kind of token, or null when none has any
 * @param unpriced targets without prices
 */
public record Tariff(String route, @Nullable Prices dearest, List<String> unpriced) {

  public Tariff {
    unpriced = List.copyOf(unpriced);
  }
}
