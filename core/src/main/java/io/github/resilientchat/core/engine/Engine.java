package io.github.resilientchat.core.engine;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.RunningStreams;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.fleet.Fleet;
import io.github.resilientchat.core.internal.call.Budgets;
import io.github.resilientchat.core.internal.call.Commits;
import io.github.resilientchat.core.internal.call.Common;
import io.github.resilientchat.core.internal.call.Listeners;
import io.github.resilientchat.core.internal.call.LiveRoute;
import io.github.resilientchat.core.internal.choice.TargetBook;
import io.github.resilientchat.core.internal.gate.CircuitBreakers;
import io.github.resilientchat.core.internal.gate.CoolDowns;
import io.github.resilientchat.core.internal.gate.Gates;
import io.github.resilientchat.core.internal.gate.TargetLimits;
import io.github.resilientchat.core.operation.Operations;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * What all routes of an application share: breakers, cool-downs, limits of targets and quotas of
 * callers. Targets of the same name are one target in every route, and a route's turns, retries and
 * hedges are one account for every model over it. Thread-safe; starts no thread and needs no
 * closing.
 *
 * <p>Defaults of {@link #builder}: the system's clock, classifiers from the class path, no quotas,
 * no listeners, no other instances, circuit breakers in a registry of their own.
 */
public final class Engine {

  private final Common common;
  private final Map<Route, LiveRoute> routes = new ConcurrentHashMap<>();
  private final EngineOperations operations;

  private Engine(Builder builder) {
    CoolDowns coolDowns = new CoolDowns(builder.random, builder.fleet);
    EngineOperations operator = new EngineOperations(routes, coolDowns.drains(), builder.fleet);
    operations = operator;
    TargetLimits limits = new TargetLimits(builder.ticker, builder.fleet.firstSlice());
    builder.fleet.join(
        news -> {
          coolDowns.hear(news, builder.ticker.nanos());
          operator.hear(news);
        });
    builder.fleet.share(limits);
    common =
        new Common(
            builder.ticker,
            builder.random,
            FailureClassifier.discovered(builder.classifiers),
            builder.quotas,
            new Listeners(builder.listeners),
            new Gates(
                coolDowns,
                limits,
                new CircuitBreakers(builder.ticker, builder.breakers, builder.random)),
            new TargetBook(builder.ticker, builder.random, coolDowns, limits),
            new Budgets(),
            new Commits(),
            new ConcurrentHashMap<>(),
            new RunningStreams());
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * The router of a route, on this engine's shared state: equal routes have one, and share their
   * turns. Routes of one name over the same targets share their retries and hedges, whatever their
   * strategies are; with other targets they are other routes.
   *
   * @throws IllegalArgumentException if the route has a target of the name of another one of this
   *     engine that has other limits or is in another place, or if a strategy makes no order
   */
  public Router router(Route route) {
    LiveRoute known = routes.get(route);
    if (known != null) {
      return known;
    }
    LiveRoute made = new LiveRoute(common, route);
    LiveRoute first = routes.putIfAbsent(route, made);
    return first == null ? made : first;
  }

  /** The streamed calls that run now, which an application that stops waits for. */
  public RunningStreams streams() {
    return common.streams();
  }

  /** What whoever runs this engine sees of it and may change while it works. */
  public Operations operations() {
    return operations;
  }

  /**
   * Forgets everything, as tests want it that share an engine: nothing rests, is drained, broken,
   * used up or known of any target, and routes are those that were asked for first, with their
   * weights and turns. Calls under way end over what they began over. What callers used is not the
   * engine's: see {@link io.github.resilientchat.core.quota.PlanQuotas#startOver}.
   */
  public void startOver() {
    common.forget();
    operations.startOver();
  }

  /** Builds an engine; see {@link Engine} for the defaults. */
  public static final class Builder {
    private Ticker ticker = Ticker.system();
    private RandomGenerator random = new ThreadRandom();
    private final List<FailureClassifier> classifiers = new ArrayList<>();
    private CallerQuotas quotas = CallerQuotas.unlimited();
    private final List<RouteListener> listeners = new ArrayList<>();
    private Fleet fleet = Fleet.NONE;
    private CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();

    private Builder() {}

    public Builder ticker(Ticker value) {
      ticker = value;
      return this;
    }

    /** Source of all chance; must be thread-safe unless the engine is used by one thread. */
    public Builder random(RandomGenerator value) {
      random = value;
      return this;
    }

    /** Adds a classifier; of those with the same order it is asked before the class path's. */
    public Builder classifier(FailureClassifier value) {
      classifiers.add(value);
      return this;
    }

    public Builder quotas(CallerQuotas value) {
      quotas = value;
      return this;
    }

    public Builder listener(RouteListener value) {
      listeners.add(value);
      return this;
    }

    /** Where circuit breakers are registered, so that existing dashboards see them. */
    public Builder circuitBreakers(CircuitBreakerRegistry value) {
      breakers = value;
      return this;
    }

    /**
     * The other instances of the application, which share rests and limits of targets with this
     * one.
     */
    public Builder fleet(Fleet value) {
      fleet = value;
      return this;
    }

    public Engine build() {
      return new Engine(this);
    }
  }

  /** The calling thread's generator. */
  private static final class ThreadRandom implements RandomGenerator {
    @Override
    public long nextLong() {
      return ThreadLocalRandom.current().nextLong();
    }
  }
}
