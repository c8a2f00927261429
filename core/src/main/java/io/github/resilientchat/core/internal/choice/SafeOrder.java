package io.github.resilientchat.core.internal.choice;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Signals;
import io.github.resilientchat.core.route.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A tier's order as its strategy says, or as configured where the strategy fails. */
public final class SafeOrder {

  /** No first choice: all are put in order. */
  static final int NONE = -1;

  private final String name;
  private final int size;
  private final Map<String, Integer> places = new HashMap<>();
  private final RoutingStrategy.Order order;
  private final RoutingStrategy.@Nullable FirstChoice first;

  private SafeOrder(List<Target> tier, RoutingStrategy.Order order) {
    this.name = order.getClass().getName();
    this.size = tier.size();
    this.order = order;
    this.first = order instanceof RoutingStrategy.FirstChoice lazy ? lazy : null;
    for (int place = 0; place < size; place++) {
      places.putIfAbsent(tier.get(place).name(), place);
    }
  }

  /**
   * @throws IllegalArgumentException if the strategy has no order for the tier
   */
  public static SafeOrder of(Route.Tier tier, Signals signals) {
    RoutingStrategy.Order order = tier.strategy().over(tier.targets(), signals);
    if (order == null) {
      throw new IllegalArgumentException(
          "strategy " + tier.strategy().getClass().getName() + " made no order: return one");
    }
    return new SafeOrder(tier.targets(), order);
  }

  /** Whether it matters little who comes after the first choice. */
  boolean isDrawn() {
    return first != null && first.isDrawn();
  }

  /** The place to try first, or {@link #NONE}. */
  int first(ModelCall call, long now) {
    if (first == null) {
      return NONE;
    }
    try {
      return Objects.checkIndex(first.first(call, now), size);
    } catch (Throwable fault) {
      Foreign.log(name, fault);
      return NONE;
    }
  }

  /** All places, most preferred first; a strategy may leave some out. */
  int[] all(ModelCall call, long now) {
    try {
      return first == null ? placesOf(List.copyOf(order.targetsFor(call))) : checked(call, now);
    } catch (Throwable fault) {
      Foreign.log(name, fault);
      int[] asConfigured = new int[size];
      for (int place = 0; place < size; place++) {
        asConfigured[place] = place;
      }
      return asConfigured;
    }
  }

  /** A list of others may throw, change or hold anything: it is read once. */
  private int[] placesOf(List<Target> targets) {
    int[] found = new int[targets.size()];
    for (int i = 0; i < found.length; i++) {
      Integer place = places.get(targets.get(i).name());
      if (place == null) {
        throw new IllegalStateException("a target that is not of the tier");
      }
      found[i] = place;
    }
    return found;
  }

  private int[] checked(ModelCall call, long now) {
    int[] found = Objects.requireNonNull(first).all(call, now);
    for (int place : found) {
      Objects.checkIndex(place, size);
    }
    return found;
  }
}
