package io.github.resilientchat.streaming.hostile;

import static io.github.resilientchat.streaming.hostile.Point.BREAKER_ADDED;
import static io.github.resilientchat.streaming.hostile.Point.BREAKER_EVENT;
import static io.github.resilientchat.streaming.hostile.Point.BREAKER_TRANSITION;
import static io.github.resilientchat.streaming.hostile.Point.CLASSIFIER;
import static io.github.resilientchat.streaming.hostile.Point.ON_ATTEMPT;
import static io.github.resilientchat.streaming.hostile.Point.ON_CALL;
import static io.github.resilientchat.streaming.hostile.Point.RESOLVER;
import static io.github.resilientchat.streaming.hostile.Point.STRATEGY;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.BreakerPolicy;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Signals;
import io.github.resilientchat.streaming.Clock;
import io.github.resilientchat.streaming.Lab;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An engine with an extension at every point that it has, and what it told. */
final class World {

  static final Caller VICTIM = Caller.user("victim");
  static final Caller WITHIN = Caller.user("within");
  static final Caller BYSTANDER = Caller.user("bystander");

  /** A single failure opens a breaker. */
  private static final BreakerPolicy NERVOUS =
      new BreakerPolicy(50, 1, Duration.ofSeconds(30), Duration.ofSeconds(15), 1);

  final Hostility hostility;
  final Lab lab;
  final Clock clock = new Clock();
  final Ledgers ledgers;
  final Engine engine;
  private final List<CallReport> reports = new CopyOnWriteArrayList<>();
  private final Semaphore reported = new Semaphore(0);
  private final RoutingStrategy strategy = this::order;
  private volatile @Nullable Signals signals;

  World(Lab lab, Hostility hostility) {
    this.lab = lab;
    this.hostility = hostility;
    this.ledgers = new Ledgers(hostility);
    this.engine =
        Engine.builder()
            .ticker(clock)
            .quotas(ledgers)
            .classifier(error -> hostility.at(CLASSIFIER, () -> Optional.empty()))
            .circuitBreakers(registry())
            .listener(new Extension())
            .listener(new Tally())
            .build();
  }

  private RoutingStrategy.Order order(
      List<io.github.resilientchat.core.route.Target> tier, Signals given) {
    signals = given;
    return call -> hostility.at(STRATEGY, () -> tier);
  }

  private CircuitBreakerRegistry registry() {
    CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
    registry
        .getEventPublisher()
        .onEntryAdded(
            added -> {
              hostility.at(BREAKER_ADDED, () -> {});
              listen(added.getAddedEntry());
            });
    return registry;
  }

  private void listen(CircuitBreaker breaker) {
    breaker.getEventPublisher().onEvent(event -> hostility.at(BREAKER_EVENT, () -> {}));
    breaker
        .getEventPublisher()
        .onStateTransition(event -> hostility.at(BREAKER_TRANSITION, () -> {}));
  }

  /** Who is asked when nothing else names the caller. */
  Optional<Caller> caller() {
    return hostility.at(RESOLVER, () -> Optional.of(VICTIM));
  }

  /** What the victim and everybody else call. */
  Route route() {
    return route("usual", Targets.ALL);
  }

  /** One with a target that the engine has not seen. */
  Route otherRoute() {
    return route("other", List.of(Targets.OTHER));
  }

  private Route route(String name, List<String> accounts) {
    Route.Builder route = Route.named(name).strategy(strategy).policy(policy());
    accounts.forEach(account -> route.tier(Targets.of(account)));
    return route.build();
  }

  private RoutePolicy policy() {
    return hostility.isAt(BREAKER_TRANSITION)
        ? RoutePolicy.DEFAULTS.withBreaker(NERVOUS)
        : RoutePolicy.DEFAULTS;
  }

  int inFlight() {
    return Targets.ALL.stream().mapToInt(this::inFlight).sum();
  }

  private int inFlight(String account) {
    Signals known = signals;
    return known == null ? 0 : known.of(Targets.of(account)).inFlight();
  }

  boolean awaitReports(int count) throws InterruptedException {
    return reported.tryAcquire(count, Lab.AT_MOST.toSeconds(), TimeUnit.SECONDS);
  }

  List<CallReport> reports() {
    return reports;
  }

  private final class Extension implements RouteListener {

    @Override
    public void onAttempt(String route, AttemptReport attempt) {
      if (attempt.failure() != null) {
        hostility.at(ON_ATTEMPT, () -> {});
      }
    }

    @Override
    public void onCall(CallReport report) {
      hostility.at(ON_CALL, () -> {});
    }
  }

  /** Hears what the extension before it has heard. */
  private final class Tally implements RouteListener {

    @Override
    public void onCall(CallReport report) {
      reports.add(report);
      reported.release();
    }
  }
}
