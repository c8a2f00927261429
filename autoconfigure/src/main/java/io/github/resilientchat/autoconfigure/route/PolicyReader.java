package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.core.failure.FailurePolicy;
import io.github.resilientchat.core.route.BreakerPolicy;
import io.github.resilientchat.core.route.HedgePolicy;
import io.github.resilientchat.core.route.RetryPolicy;
import io.github.resilientchat.core.route.RoutePolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lays the leaves of a route, or of the defaults, over a policy. */
final class PolicyReader {

  private static final String TIME = "write a time such as 500ms, 30s or 2m";

  private final String key;
  private final RouteSettings settings;

  /**
   * @param key of the group that holds the leaves
   */
  PolicyReader(String key, RouteSettings settings) {
    this.key = key;
    this.settings = settings;
  }

  /** The policy with every leaf that is set; reports leaves that are out of range. */
  RoutePolicy over(RoutePolicy base, Problems problems) {
    RoutePolicy policy = base;
    policy = with(policy, "timeout", settings.timeout(), RoutePolicy::withTimeout, problems);
    policy =
        with(
            policy,
            "attempt-timeout",
            settings.attemptTimeout(),
            RoutePolicy::withAttemptTimeout,
            problems);
    policy =
        with(
            policy,
            "first-token-timeout",
            settings.firstTokenTimeout(),
            RoutePolicy::withFirstTokenTimeout,
            problems);
    policy =
        with(
            policy, "idle-timeout", settings.idleTimeout(), RoutePolicy::withIdleTimeout, problems);
    policy = with(policy, "max-wait", settings.maxWait(), RoutePolicy::withMaxWait, problems);
    RoutePolicy timed = policy;
    return timed
        .withResume(settings.resume() == null ? timed.resume() : settings.resume())
        .withFailures(problems.collect(() -> failures(timed.failures())).orElse(timed.failures()))
        .withRetry(problems.collect(() -> retry(timed.retry())).orElse(timed.retry()))
        .withBreaker(problems.collect(() -> breaker(timed.breaker())).orElse(timed.breaker()))
        .withHedge(problems.collect(() -> hedge(timed.hedge())).orElse(timed.hedge()));
  }

  private RoutePolicy with(
      RoutePolicy policy,
      String leaf,
      @Nullable Duration value,
      BiFunction<RoutePolicy, Duration, RoutePolicy> change,
      Problems problems) {
    if (value == null) {
      return policy;
    }
    return problems
        .collect(() -> checked(leaf, Map.of(leaf, value), TIME, () -> change.apply(policy, value)))
        .orElse(policy);
  }

  private FailurePolicy failures(FailurePolicy base) {
    @Nullable List<FallbackOn> kinds = settings.fallbackOn();
    @Nullable Duration longest = settings.maxRetryAfter();
    Map<String, Object> set = new LinkedHashMap<>();
    put(set, "max-retry-after", longest);
    return checked(
        "max-retry-after",
        set,
        TIME,
        () ->
            new FailurePolicy(
                kinds == null
                    ? base.fallbackOn()
                    : kinds.stream().map(FallbackOn::kind).collect(Collectors.toSet()),
                or(longest, base.maxRetryAfter())));
  }

  private RetryPolicy retry(RetryPolicy base) {
    RetryProperties retry = settings.retry();
    Map<String, Object> set = new LinkedHashMap<>();
    put(set, "max-attempts", retry.maxAttempts());
    put(set, "backoff", retry.backoff());
    put(set, "max-backoff", retry.maxBackoff());
    put(set, "budget-percent", retry.budgetPercent());
    return checked(
        "retry",
        set,
        "write at least 1 attempt, a backoff that is not longer than the max-backoff, and a"
            + " budget-percent of 0 to 100",
        () ->
            new RetryPolicy(
                or(retry.maxAttempts(), base.maxAttempts()),
                or(retry.backoff(), base.backoff()),
                or(retry.maxBackoff(), base.maxBackoff()),
                or(retry.budgetPercent(), base.budgetPercent())));
  }

  private BreakerPolicy breaker(BreakerPolicy base) {
    BreakerProperties breaker = settings.breaker();
    Map<String, Object> set = new LinkedHashMap<>();
    put(set, "failure-rate", breaker.failureRate());
    put(set, "minimum-calls", breaker.minimumCalls());
    put(set, "window", breaker.window());
    put(set, "open-for", breaker.openFor());
    put(set, "half-open-calls", breaker.halfOpenCalls());
    return checked(
        "breaker",
        set,
        "write a failure-rate of 1 to 100, positive numbers of calls and times of at least 1s",
        () ->
            new BreakerPolicy(
                or(breaker.failureRate(), base.failureRate()),
                or(breaker.minimumCalls(), base.minimumCalls()),
                or(breaker.window(), base.window()),
                or(breaker.openFor(), base.openFor()),
                or(breaker.halfOpenCalls(), base.halfOpenCalls())));
  }

  private HedgePolicy hedge(HedgePolicy base) {
    HedgeProperties hedge = settings.hedge();
    Map<String, Object> set = new LinkedHashMap<>();
    put(set, "after", hedge.after());
    put(set, "max-percent", hedge.maxPercent());
    return checked(
        "hedge",
        set,
        "write a time such as 2s, and a max-percent of 0 to 5; 0 hedges no call of the route",
        () ->
            new HedgePolicy(
                hedge.after() == null ? base.after() : hedge.after(),
                or(hedge.maxPercent(), base.maxPercent())));
  }

  /** Names the leaf when only one is set, else the group with all that are. */
  private <T> T checked(String group, Map<String, ?> set, String fix, Supplier<T> policy) {
    try {
      return policy.get();
    } catch (IllegalArgumentException e) {
      String place = key + "." + group;
      if (set.size() == 1) {
        String leaf = set.keySet().iterator().next();
        throw new InvalidConfigurationException(
            leaf.equals(group) ? place : place + "." + leaf,
            String.valueOf(set.get(leaf)),
            String.valueOf(e.getMessage()),
            fix);
      }
      String values =
          set.entrySet().stream().map(Object::toString).collect(Collectors.joining(", "));
      throw new InvalidConfigurationException(place, values, String.valueOf(e.getMessage()), fix);
    }
  }

  private static void put(Map<String, Object> set, String leaf, @Nullable Object value) {
    if (value != null) {
      set.put(leaf, value);
    }
  }

  private static <T> T or(@Nullable T value, T other) {
    return value == null ? other : value;
  }
}
