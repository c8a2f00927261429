package io.github.resilientchat.benchmarks.simulation;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Signals;
import io.github.resilientchat.core.route.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A router made of the real engine, watched. */
final class EngineNode implements Node {

  private static final int SLOTS = 30;

  private final World world;
  private final RoutePolicy policy;
  private final Router router;
  private final List<Target> targets;
  private final Map<Target, Integer> indexes = new HashMap<>();
  private final Watch watch;
  private final Books books;
  private @Nullable Signals signals;

  EngineNode(World world, RoutingStrategy strategy, RandomGenerator random) {
    this.world = world;
    this.policy = RoutePolicy.DEFAULTS.withMaxWait(world.rigour().maxWait());
    long amount = world.amplyPerDay();
    boolean bookkeeping = world.rigour().bookkeeping();
    String moreLimits = bookkeeping ? amount + "tpd," + SLOTS + "par" : "";
    this.targets =
        Deployment.FLEET.stream().map(deployment -> deployment.target(moreLimits)).toList();
    targets.forEach(target -> indexes.put(target, indexes.size()));
    CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    BreakerView view = new BreakerView(breakers, policy.breaker());
    this.watch = new Watch(world.time(), policy, targets, view);
    this.books = new Books(world.time(), amount, targets, bookkeeping);
    Engine engine =
        Engine.builder()
            .ticker(world.time())
            .random(random)
            .classifier(ProviderError.CLASSIFIER)
            .circuitBreakers(breakers)
            .quotas(books)
            .listener(watch)
            .build();
    this.router =
        engine.router(
            Route.named("chat").tier(targets).strategy(overheard(strategy)).policy(policy).build());
  }

  /** The strategy itself, and its view of the targets for the audit. */
  private RoutingStrategy overheard(RoutingStrategy strategy) {
    return (tier, seen) -> {
      signals = seen;
      return strategy.over(tier, seen);
    };
  }

  @Override
  public void take(Request request) {
    new EngineCall(this, request).begin();
  }

  @Override
  public void recovered(Deployment deployment) {
    long end = VirtualTime.at(world.rigour().seconds());
    watch.recovered(targets.get(deployment.index()), end);
  }

  @Override
  public void audit() {
    watch.close();
    books.audit(signals());
  }

  @Override
  public void auditSlots() {
    books.auditSlots(signals());
  }

  World world() {
    return world;
  }

  Router router() {
    return router;
  }

  RoutePolicy policy() {
    return policy;
  }

  Watch watch() {
    return watch;
  }

  Books books() {
    return books;
  }

  int indexOf(Target target) {
    Integer index = indexes.get(target);
    if (index == null) {
      throw new IllegalStateException("unknown target " + target);
    }
    return index;
  }

  private Signals signals() {
    if (signals == null) {
      throw new IllegalStateException("the strategy was never set up");
    }
    return signals;
  }
}
