package io.github.resilientchat.core.internal.gate;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilientchat.core.operation.TargetStatus;
import io.github.resilientchat.core.operation.TargetStatus.State;
import io.github.resilientchat.core.quota.LimitLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the gates of a target stand, seen without entering one. */
public record GatesStatus(
    State state,
    @Nullable String reason,
    @Nullable Duration comesBackIn,
    List<TargetStatus.Used> limits,
    CircuitBreaker.State blocking,
    CircuitBreaker.State streaming) {

  private record Shut(State state, String reason, @Nullable Duration comesBackIn) {}

  static GatesStatus of(
      Rests rests,
      TargetLedgers ledgers,
      GuardedBreaker blocking,
      GuardedBreaker streaming,
      long now) {
    @Nullable Shut shut = shutBy(rests, now);
    shut = shut == null ? brokenBy(blocking, streaming, now) : shut;
    shut = shut == null ? fullBy(ledgers, now) : shut;
    return new GatesStatus(
        shut == null ? State.READY : shut.state(),
        shut == null ? null : shut.reason(),
        shut == null ? null : shut.comesBackIn(),
        used(ledgers),
        blocking.state(),
        streaming.state());
  }

  private static @Nullable Shut shutBy(Rests rests, long now) {
    @Nullable Refusal out = rests.drained();
    if (out != null) {
      return new Shut(State.DRAINED, out.gate(), null);
    }
    @Nullable Refusal resting = rests.resting(now);
    return resting == null ? null : new Shut(State.RESTING, resting.gate(), resting.retryAfter());
  }

  /** A way of calling that nobody uses says nothing. */
  private static @Nullable Shut brokenBy(
      GuardedBreaker blocking, GuardedBreaker streaming, long now) {
    boolean lets =
        blocking.isInUse() && blocking.letsIn(now) || streaming.isInUse() && streaming.letsIn(now);
    boolean keepsAway = !blocking.letsIn(now) || !streaming.letsIn(now);
    if (lets || !keepsAway) {
      return null;
    }
    long wait = Math.min(waitOf(blocking, now), waitOf(streaming, now));
    return new Shut(
        State.BROKEN,
        "circuit breaker open",
        wait == Long.MAX_VALUE ? null : Duration.ofNanos(wait));
  }

  private static long waitOf(GuardedBreaker breaker, long now) {
    return breaker.state() == CircuitBreaker.State.OPEN ? breaker.opensIn(now) : Long.MAX_VALUE;
  }

  private static @Nullable Shut fullBy(TargetLedgers ledgers, long now) {
    for (LimitLedger ledger : ledgers.all()) {
      LimitLedger.@Nullable Full full = ledger.full(now);
      if (full != null) {
        return new Shut(State.FULL, "over " + full.limit(), full.retryAfter());
      }
    }
    return null;
  }

  private static List<TargetStatus.Used> used(TargetLedgers ledgers) {
    List<TargetStatus.Used> all = new ArrayList<>();
    for (LimitLedger ledger : ledgers.all()) {
      ledger.used().forEach((limit, used) -> all.add(new TargetStatus.Used(limit, used)));
    }
    return all;
  }
}
