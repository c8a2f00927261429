package io.github.resilientchat.core.route;

import io.github.resilientchat.core.ModelCall;
import java.util.List;

/**
 * How a route spreads calls over the targets of a tier. A strategy is a recipe without state; each
 * tier of each route gets an {@link Order} of its own.
 */
@FunctionalInterface
public interface RoutingStrategy {

  /** The order over one tier; called once per tier when the route is set up. */
  Order over(List<Target> tier, Signals signals);

  /** Puts a tier's targets in the order in which one call tries them. Thread-safe, never blocks. */
  @FunctionalInterface
  interface Order {
    /** All targets of the tier, most preferred first. */
    List<Target> targetsFor(ModelCall call);
  }

  /**
   * An order that says whom to try first without putting the others in order: most calls are
   * answered there, and a tier may have a thousand targets. Thread-safe, never blocks.
   */
  interface FirstChoice extends Order {

    /**
     * The place in the tier, from 0, of the target to try first. Asked again, up to a few times,
     * when that one refuses; an order that is not drawn only until it names a place again.
     *
     * @param now the engine's clock, in nanoseconds
     */
    int first(ModelCall call, long now);

    /** The places of all targets, most preferred first; asked when the first choices refused. */
    int[] all(ModelCall call, long now);

    /**
     * Whether those after the first choice are drawn by lot, so that of many targets one that is
     * known to have quota left may be tried before all are put in order. Asked for all calls alike.
     */
    default boolean isDrawn() {
      return false;
    }
  }

  /**
   * Where the answer is likely to come soonest without wasting quota: weight, attempts under way,
   * latency, recent failures, quota left and ramp-up together. Compares all targets, above 16 the
   * better of two drawn by weight.
   */
  static RoutingStrategy adaptive() {
    return new NamedStrategy(
        "adaptive", (tier, signals) -> new LeastCost(tier, signals, new AdaptiveCost(tier)));
  }

  /** As configured: the first target takes everything it can. */
  static RoutingStrategy ordered() {
    return new NamedStrategy("ordered", (tier, signals) -> new InTurn(tier, false));
  }

  /** In turn. */
  static RoutingStrategy roundRobin() {
    return new NamedStrategy("round-robin", (tier, signals) -> new InTurn(tier, true));
  }

  /** At random, in proportion to the targets' weights. */
  static RoutingStrategy weighted() {
    return new NamedStrategy(
        "weighted", (tier, signals) -> new WeightedRandom(tier, signals.random()));
  }

  /** Fewest attempts under way for its weight, counting recent failures as load. */
  static RoutingStrategy leastBusy() {
    return new NamedStrategy(
        "least-busy", (tier, signals) -> new LeastCost(tier, signals, TargetCost.busy()));
  }

  /**
   * Lowest time to first token and per output token; unknown targets are tried one call at a time.
   */
  static RoutingStrategy latency() {
    return new NamedStrategy(
        "latency", (tier, signals) -> new LeastCost(tier, signals, TargetCost.latency()));
  }

  /** Most quota left. */
  static RoutingStrategy usage() {
    return new NamedStrategy(
        "usage", (tier, signals) -> new LeastCost(tier, signals, TargetCost.usage()));
  }

  /** Lowest price for the estimated tokens; targets without a price come last. */
  static RoutingStrategy cost() {
    return new NamedStrategy(
        "cost", (tier, signals) -> new LeastCost(tier, signals, TargetCost.price()));
  }

  /**
   * Always the same target for a session that a request names, else for a tenant (or a user without
   * one), so that an account's prompt cache stays warm, as long as it is not much busier than the
   * others; then the other targets of the tenant's set.
   *
   * @param setSize how many targets a tenant is spread over before all others are tried
   */
  static RoutingStrategy sticky(int setSize) {
    return sticky(setSize, StickyBy.SESSION);
  }

  /** The same for what a prompt cache holds: tenants, sessions, or beginnings of prompts. */
  static RoutingStrategy sticky(int setSize, StickyBy by) {
    return new NamedStrategy("sticky", (tier, signals) -> new Sticky(tier, signals, setSize, by));
  }
}
