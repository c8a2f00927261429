package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Quoted;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.RunningStreams;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.operation.RouteStatus;
import io.github.resilientchat.core.quota.Scarcity;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The router of a route, whatever becomes of it: a call begins over what the route is now, and goes
 * on over that however often it changes. Thread-safe.
 */
public final class LiveRoute implements Router {

  private final Common common;
  private final Route first;
  private final AtomicReference<Now> now;

  /**
   * What the route is.
   *
   * @param configured as it was asked for last
   * @param weights by the names of targets, where they are not as the state's route has them
   */
  private record Now(RouteState state, Route configured, Map<String, Integer> weights) {}

  /** A change that is ready to be made. */
  public interface Change {

    /** Whether anything differs. */
    boolean isAny();

    /**
     * Makes it: calls that begin from now on see it.
     *
     * @throws IllegalStateException if another change came first
     */
    void make();
  }

  /**
   * @throws IllegalArgumentException if a target's name is another target's in this engine, or if
   *     the quotas of callers cannot be held over this route
   */
  public LiveRoute(Common common, Route route) {
    this.common = common;
    this.first = route;
    this.now = new AtomicReference<>();
    RouteState state = new RouteState(common, route, Map.of(), scarcity());
    now.set(new Now(state, route, Map.of()));
    common.routes().putIfAbsent(route.name(), this);
  }

  /** Is the route again that it was made for, set up anew. */
  public void startOver() {
    now.set(new Now(new RouteState(common, first, Map.of(), scarcity()), first, Map.of()));
  }

  /** See {@code Scarcity}; asked by quotas, which may ask early. */
  private Scarcity scarcity() {
    return enough -> {
      @Nullable Now known = now.get();
      return known == null ? 1 : known.state().left(enough);
    };
  }

  private Now now() {
    return Objects.requireNonNull(now.get());
  }

  RouteState state() {
    return now().state();
  }

  @Override
  public RunningStreams streams() {
    return common.streams();
  }

  @Override
  public Step begin(ModelCall call) {
    return state().begin(call);
  }

  @Override
  public Route route() {
    return state().route();
  }

  /** What an operator sees of the route now. */
  public RouteStatus status() {
    return state().status();
  }

  /** Ends what a target rests for; whether anything did. */
  public boolean endRest(String target) {
    return state().endRest(target);
  }

  /**
   * Gives a target another weight; whether it had another one.
   *
   * @throws IllegalArgumentException if the route has no such target
   */
  public boolean weigh(String target, int weight) {
    while (true) {
      Now before = now();
      Target known = named(before.state().route(), target);
      if (weight(before, known) == weight) {
        return false;
      }
      Map<String, Integer> weights = new HashMap<>(before.weights());
      weights.put(target, weight);
      if (now.compareAndSet(before, after(before, before.state().route(), weights))) {
        return true;
      }
    }
  }

  private Now after(Now before, Route route, Map<String, Integer> weights) {
    RouteState state = before.state().after(route, weights, scarcity());
    return new Now(state, before.configured(), Map.copyOf(weights));
  }

  private static int weight(Now in, Target target) {
    return in.weights().getOrDefault(target.name(), target.weight());
  }

  private static Target named(Route route, String name) {
    return route.targets().stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "route "
                        + route.name()
                        + " has no target "
                        + Quoted.of(name)
                        + ", but "
                        + route.targets()));
  }

  /**
   * Gets ready to be another route of this name. Targets that stay are the same objects, with all
   * that is known of them; a weight that somebody gave a target at run time stays unless the
   * configured one differs from what it was.
   *
   * @param settled targets that do not come where they are not
   * @throws IllegalArgumentException if this cannot be; nothing has changed then
   */
  public Change to(Route all, Predicate<Target> settled) {
    Now before = now();
    Route wanted = without(all, settled, byName(before.configured()));
    if (before.configured().equals(wanted)) {
      return new Ready(before, before);
    }
    Map<String, Target> had = byName(before.state().route());
    Map<String, Target> configured = byName(before.configured());
    Map<String, Integer> weights = new HashMap<>();
    List<Route.Tier> tiers = new ArrayList<>();
    for (Route.Tier tier : wanted.tiers()) {
      List<Target> targets = new ArrayList<>();
      for (Target target : tier.targets()) {
        Target kept = kept(target, had.get(target.name()));
        @Nullable Target last = configured.get(target.name());
        boolean asBefore = last != null && last.weight() == target.weight();
        int weight = asBefore ? weight(before, kept) : target.weight();
        if (weight != kept.weight()) {
          weights.put(kept.name(), weight);
        }
        targets.add(kept);
      }
      tiers.add(new Route.Tier(targets, tier.strategy()));
    }
    Route route = new Route(wanted.name(), tiers, wanted.policy());
    RouteState state = before.state().after(route, weights, scarcity());
    return new Ready(before, new Now(state, wanted, Map.copyOf(weights)));
  }

  private static Route without(Route all, Predicate<Target> settled, Map<String, Target> known) {
    Predicate<Target> foreign = target -> settled.test(target) && !known.containsKey(target.name());
    if (all.targets().stream().noneMatch(foreign)) {
      return all;
    }
    List<Route.Tier> tiers = new ArrayList<>();
    for (Route.Tier tier : all.tiers()) {
      List<Target> left = tier.targets().stream().filter(foreign.negate()).toList();
      if (!left.isEmpty()) {
        tiers.add(new Route.Tier(left, tier.strategy()));
      }
    }
    if (tiers.isEmpty()) {
      throw new IllegalArgumentException(
          "route " + all.name() + " would have no target left for one of its models");
    }
    return new Route(all.name(), tiers, all.policy());
  }

  private static Target kept(Target target, @Nullable Target known) {
    return known != null && known.withWeight(target.weight()).equals(target) ? known : target;
  }

  private static Map<String, Target> byName(Route route) {
    Map<String, Target> byName = new HashMap<>();
    route.targets().forEach(target -> byName.put(target.name(), target));
    return byName;
  }

  private final class Ready implements Change {

    private final Now before;
    private final Now after;

    Ready(Now before, Now after) {
      this.before = before;
      this.after = after;
    }

    @Override
    public boolean isAny() {
      return before != after;
    }

    @Override
    public void make() {
      if (!now.compareAndSet(before, after)) {
        throw new IllegalStateException(
            "route " + after.configured().name() + " was changed meanwhile; ask again");
      }
    }
  }
}
