package io.github.resilientchat.benchmarks.jmh;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.stream.IntStream;

/** What all contenders are given: the same call, the same limits, as many targets. */
final class Workload {

  static final int TARGETS = 8;
  static final int MANY_TARGETS = 1_000;
  static final TokenEstimate ESTIMATE = new TokenEstimate(100, 400);
  static final Usage USED = Usage.of(100, 50);
  static final String TENANT = "tenant-000000001";

  static final long REQUESTS_A_MINUTE = 5_000_000_000L;

  /** The most that a Bucket4j bucket refills is a token a nanosecond. */
  static final long TOKENS_A_MINUTE = 50_000_000_000L;

  /** Counted, and never used up. */
  static final Limits AMPLE =
      Limits.parse(REQUESTS_A_MINUTE / 1_000 + "krpm, " + TOKENS_A_MINUTE / 1_000 + "ktpm");

  private static final long MOST_USERS = 2_000_000;

  private Workload() {}

  /** A name of 16 characters. */
  static String user(int number) {
    return "user-%011d".formatted(number);
  }

  static Caller caller(int number) {
    return Caller.of(user(number), TENANT);
  }

  /** With room for an account of everybody. */
  static PlanQuotas.Builder quotas() {
    return PlanQuotas.builder().maxAccounts(MOST_USERS);
  }

  static CallerQuotas quotas(Limits ofEachUser) {
    return quotas().limits(ofEachUser).build();
  }

  /** With quotas of these limits for each user. */
  static Engine engine(Limits ofEachUser) {
    return Engine.builder().quotas(quotas(ofEachUser)).build();
  }

  /** Without quotas, and with breakers that are switched off. */
  static Engine engineWithoutBreakers() {
    CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    breakers.getEventPublisher().onEntryAdded(added -> switchOff(added.getAddedEntry()));
    return Engine.builder().circuitBreakers(breakers).build();
  }

  private static void switchOff(CircuitBreaker breaker) {
    breaker.transitionToDisabledState();
  }

  /** An adaptive route over so many targets, each of an account of its own. */
  static Route route(int targets, Limits ofEachTarget) {
    return Route.named("chat")
        .tier(IntStream.range(0, targets).mapToObj(number -> target(number, ofEachTarget)).toList())
        .build();
  }

  private static Target target(int number, Limits limits) {
    return Target.builder("target" + number)
        .model("model")
        .region("us-east-1")
        .account("account" + number)
        .limits(limits)
        .build();
  }
}
