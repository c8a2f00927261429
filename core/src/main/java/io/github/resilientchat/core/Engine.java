package io.github.resilientchat.core;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.gate.BreakerPolicy;
import io.github.resilientchat.core.gate.CircuitBreakers;
import io.github.resilientchat.core.gate.CoolDowns;
import io.github.resilientchat.core.gate.TargetLimits;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.strategy.Signals;
import io.github.resilientchat.core.strategy.TargetSignals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * What all routes of an application share: breakers, cool-downs, limits of targets and quotas of
 * callers. Targets of the same name are one target in every route. Thread-safe; starts no thread
 * and needs no closing.
 *
 * <p>Defaults of {@link #builder}: the system's clock, classifiers from the class path, no quotas,
 * no listeners, circuit breakers in a registry of their own.
 */
public final class Engine {

  private final Ticker ticker;
  private final RandomGenerator random;
  private final FailureClassifier classifier;
  private final CallerQuotas quotas;
  private final Listeners listeners;
  private final CoolDowns coolDowns;
  private final TargetLimits targetLimits;
  private final CircuitBreakers breakers;
  private final Map<String, TargetStats> stats = new ConcurrentHashMap<>();

  private Engine(Builder builder) {
    ticker = builder.ticker;
    random = builder.random;
    classifier = FailureClassifier.discovered(builder.classifiers);
    quotas = builder.quotas;
    listeners = new Listeners(builder.listeners);
    coolDowns = new CoolDowns(ticker, random);
    targetLimits = new TargetLimits(ticker);
    breakers = new CircuitBreakers(ticker, builder.breakers, random);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A router for the route, on this engine's shared state. */
  public Router router(Route route) {
    BreakerPolicy policy = route.policy().breaker();
    return new RouteRouter(
        this,
        route,
        List.of(coolDowns, targetLimits, breakers.with(policy)),
        List.of(coolDowns, targetLimits, (call, target) -> breakers.tryProbe(target, policy)));
  }

  Ticker ticker() {
    return ticker;
  }

  RandomGenerator random() {
    return random;
  }

  FailureClassifier classifier() {
    return classifier;
  }

  CallerQuotas quotas() {
    return quotas;
  }

  Listeners listeners() {
    return listeners;
  }

  CoolDowns coolDowns() {
    return coolDowns;
  }

  TargetStats statsOf(Target target) {
    TargetStats known = stats.get(target.name());
    return known != null ? known : stats.computeIfAbsent(target.name(), name -> newStats(target));
  }

  private TargetStats newStats(Target target) {
    return new TargetStats(
        target,
        ticker,
        coolDowns,
        target.limits().isEmpty() ? null : targetLimits.ledgerOf(target));
  }

  Signals signals() {
    return new Signals() {
      @Override
      public TargetSignals of(Target target) {
        return statsOf(target);
      }

      @Override
      public RandomGenerator random() {
        return random;
      }
    };
  }

  /** Builds an engine; see {@link Engine} for the defaults. */
  public static final class Builder {
    private Ticker ticker = Ticker.system();
    private RandomGenerator random = new ThreadRandom();
    private final List<FailureClassifier> classifiers = new ArrayList<>();
    private CallerQuotas quotas = CallerQuotas.unlimited();
    private final List<RouteListener> listeners = new ArrayList<>();
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
