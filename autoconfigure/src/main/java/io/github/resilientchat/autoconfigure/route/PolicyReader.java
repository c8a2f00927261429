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
    RoutePolicy policy =
        leaf(base, "timeout", settings.timeout(), TIME, RoutePolicy::withTimeout, problems);
    policy =
        leaf(
            policy,
            "attempt-timeout",
            settings.attemptTimeout(),
            TIME,
            RoutePolicy::withAttemptTimeout,
            problems);
    policy =
        leaf(
            policy,
            "first-token-timeout",
            settings.firstTokenTimeout(),
            TIME,
            RoutePolicy::withFirstTokenTimeout,
            problems);
    policy =
        leaf(
            policy,
            "idle-timeout",
            settings.idleTimeout(),
            TIME,
            RoutePolicy::withIdleTimeout,
            problems);
    policy = leaf(policy, "max-wait", settings.maxWait(), TIME, RoutePolicy::withMaxWait, problems);
    policy =
        leaf(
            policy,
            "fast-within",
            settings.fastWithin(),
            TIME,
            RoutePolicy::withFastWithin,
            problems);
    policy =
        leaf(
            policy,
            "max-duration",
            settings.maxDuration(),
            TIME,
            RoutePolicy::withMaxDuration,
            problems);
    RoutePolicy timed =
        settings.requires() == null ? policy : policy.withRequires(settings.requires());
    return timed
        .withResume(settings.resume() == null ? timed.resume() : settings.resume())
        .withFailures(problems.collect(() -> failures(timed.failures())).orElse(timed.failures()))
        .withRetry(retry(timed.retry(), problems))
        .withBreaker(breaker(timed.breaker(), problems))
        .withHedge(hedge(timed.hedge(), problems));
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

  private RetryPolicy retry(RetryPolicy base, Problems problems) {
    RetryProperties retry = settings.retry();
    RetryPolicy policy =
        leaf(
            base,
            "retry.max-attempts",
            retry.maxAttempts(),
            "write at least 1",
            (b, v) -> new RetryPolicy(v, b.backoff(), b.maxBackoff(), b.budgetPercent()),
            problems);
    RetryPolicy budgeted =
        leaf(
            policy,
            "retry.budget-percent",
            retry.budgetPercent(),
            "write a budget-percent of 0 to 100",
            (b, v) -> new RetryPolicy(b.maxAttempts(), b.backoff(), b.maxBackoff(), v),
            problems);
    Map<String, Object> set = new LinkedHashMap<>();
    put(set, "backoff", retry.backoff());
    put(set, "max-backoff", retry.maxBackoff());
    return problems
        .collect(
            () ->
                checked(
                    "retry",
                    set,
                    "write a backoff that is not longer than the max-backoff",
                    () ->
                        new RetryPolicy(
                            budgeted.maxAttempts(),
                            or(retry.backoff(), budgeted.backoff()),
                            or(retry.maxBackoff(), budgeted.maxBackoff()),
                            budgeted.budgetPercent())))
        .orElse(budgeted);
  }

  private BreakerPolicy breaker(BreakerPolicy base, Problems problems) {
    BreakerProperties breaker = settings.breaker();
    BreakerPolicy policy =
        leaf(
            base,
            "breaker.failure-rate",
            breaker.failureRate(),
            "write a failure-rate of 1 to 100",
            (b, v) ->
                new BreakerPolicy(v, b.minimumCalls(), b.window(), b.openFor(), b.halfOpenCalls()),
            problems);
    policy =
        leaf(
            policy,
            "breaker.minimum-calls",
            breaker.minimumCalls(),
            "write at least 1",
            (b, v) ->
                new BreakerPolicy(b.failureRate(), v, b.window(), b.openFor(), b.halfOpenCalls()),
            problems);
    policy =
        leaf(
            policy,
            "breaker.window",
            breaker.window(),
            "write a time from 1s to 1d",
            (b, v) ->
                new BreakerPolicy(
                    b.failureRate(), b.minimumCalls(), v, b.openFor(), b.halfOpenCalls()),
            problems);
    policy =
        leaf(
            policy,
            "breaker.open-for",
            breaker.openFor(),
            TIME,
            (b, v) ->
                new BreakerPolicy(
                    b.failureRate(), b.minimumCalls(), b.window(), v, b.halfOpenCalls()),
            problems);
    return leaf(
        policy,
        "breaker.half-open-calls",
        breaker.halfOpenCalls(),
        "write at least 1",
        (b, v) -> new BreakerPolicy(b.failureRate(), b.minimumCalls(), b.window(), b.openFor(), v),
        problems);
  }

  private HedgePolicy hedge(HedgePolicy base, Problems problems) {
    HedgeProperties hedge = settings.hedge();
    HedgePolicy policy =
        leaf(
            base,
            "hedge.after",
            hedge.after(),
            "write a time such as 2s",
            (b, v) -> new HedgePolicy(v, b.maxPercent()),
            problems);
    return leaf(
        policy,
        "hedge.max-percent",
        hedge.maxPercent(),
        "write a max-percent of 0 to 5; 0 hedges no call of the route",
        (b, v) -> new HedgePolicy(b.after(), v),
        problems);
  }

  /** The policy with one more leaf, if that is set and in its range. */
  private <P, V> P leaf(
      P base,
      String leaf,
      @Nullable V value,
      String fix,
      BiFunction<P, V, P> change,
      Problems problems) {
    if (value == null) {
      return base;
    }
    return problems
        .collect(() -> checked(leaf, Map.of(leaf, value), fix, () -> change.apply(base, value)))
        .orElse(base);
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
            text(set.get(leaf)),
            String.valueOf(e.getMessage()),
            fix);
      }
      String values =
          set.entrySet().stream()
              .map(each -> each.getKey() + "=" + text(each.getValue()))
              .collect(Collectors.joining(", "));
      throw new InvalidConfigurationException(place, values, String.valueOf(e.getMessage()), fix);
    }
  }

  private static String text(@Nullable Object value) {
    return value instanceof Duration time ? TimeText.of(time) : String.valueOf(value);
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
