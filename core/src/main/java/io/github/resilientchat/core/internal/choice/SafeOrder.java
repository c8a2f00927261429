package io.github.resilientchat.core.internal.choice;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Signals;
import io.github.resilientchat.core.route.Target;
import java.util.List;

/** A tier's order as its strategy says, or as configured where the strategy fails. */
public final class SafeOrder {

  private final String name;
  private final List<Target> asConfigured;
  private final RoutingStrategy.Order order;

  private SafeOrder(String name, List<Target> asConfigured, RoutingStrategy.Order order) {
    this.name = name;
    this.asConfigured = asConfigured;
    this.order = order;
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
    return new SafeOrder(order.getClass().getName(), tier.targets(), order);
  }

  List<Target> targetsFor(ModelCall call) {
    List<Target> targets = null;
    try {
      targets = order.targetsFor(call);
      if (targets == null) {
        throw new IllegalStateException("no targets");
      }
      return targets;
    } catch (Throwable fault) {
      Foreign.log(name, fault);
      return asConfigured;
    }
  }
}
