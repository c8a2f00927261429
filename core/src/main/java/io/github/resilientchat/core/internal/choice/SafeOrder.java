package io.github.resilientchat.core.internal.choice;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Signals;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A tier's order as its strategy says, or as configured where the strategy fails. */
public final class SafeOrder {

  private final String name;
  private final List<Target> asConfigured;
  private final Set<Target> members;
  private final RoutingStrategy.Order order;
  private final boolean own;

  private SafeOrder(String name, List<Target> asConfigured, RoutingStrategy.Order order) {
    this.name = name;
    this.asConfigured = asConfigured;
    this.members = Set.copyOf(asConfigured);
    this.order = order;
    this.own = order.getClass().getPackage() == RoutingStrategy.class.getPackage();
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
    try {
      List<Target> targets = Objects.requireNonNull(order.targetsFor(call), "no targets");
      return own ? targets : checked(targets);
    } catch (Throwable fault) {
      Foreign.log(name, fault);
      return asConfigured;
    }
  }

  /** A list of others may throw, change or hold anything: it is read once, here. */
  private List<Target> checked(List<Target> targets) {
    List<Target> copy = List.copyOf(targets);
    if (!members.containsAll(copy)) {
      throw new IllegalStateException("a target that is not of the tier");
    }
    return copy;
  }
}
