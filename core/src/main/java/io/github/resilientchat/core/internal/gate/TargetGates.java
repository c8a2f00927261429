package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.internal.foreign.Foreign;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The gates of one target in one route, bound once: what rests, its own limits, its breaker for
 * each way of calling. An attempt enters all or none. Thread-safe; never blocks; breakers tell
 * consumers that are anybody's, so that it is to be asked under no lock.
 */
public final class TargetGates {

  private static final Refusal FAILED =
      new Refusal("its gate failed", Duration.ofSeconds(1), Refusal.Reason.WORD);

  private final Rests rests;
  private final TargetLedgers limits;
  private final int burndown;
  private final GuardedBreaker blocking;
  private final GuardedBreaker streaming;

  TargetGates(
      Rests rests,
      TargetLedgers limits,
      int burndown,
      GuardedBreaker blocking,
      GuardedBreaker streaming) {
    this.rests = rests;
    this.limits = limits;
    this.burndown = burndown;
    this.blocking = blocking;
    this.streaming = streaming;
  }

  public Rests rests() {
    return rests;
  }

  /** How the gates stand; enters none. */
  public GatesStatus status(long now) {
    return GatesStatus.of(rests, limits, blocking, streaming, now);
  }

  /** Whether failures keep calls away in this way of calling. */
  public boolean keepsAway(boolean isStream, long now) {
    return rests.drained() == null && rests.remaining(now) > 0
        || !(isStream ? streaming : blocking).letsIn(now);
  }

  /** Lets probes in where a breaker is open; whether one was. */
  public boolean tryHalfOpen(long now) {
    return tryHalfOpen(blocking, now) | tryHalfOpen(streaming, now);
  }

  /** Consumers of the breaker's events may throw; it has changed then all the same. */
  private static boolean tryHalfOpen(GuardedBreaker breaker, long now) {
    try {
      return breaker.tryHalfOpen(now);
    } catch (Throwable fault) {
      Foreign.log(GuardedBreaker.class.getName(), fault);
      return true;
    }
  }

  /**
   * Enters all gates, or none.
   *
   * @param urgent whether the call has nowhere else to go
   * @return which one refused, or null when the attempt is in
   */
  public @Nullable Refusal tryEnter(ModelCall call, boolean urgent, long now, Held held) {
    @Nullable Refusal refusal =
        urgent ? rests.tryEnterUrgently(now, held) : rests.tryEnter(now, held);
    if (refusal != null) {
      return refusal;
    }
    refusal = limits.tryReserve(call, burndown, now, held);
    refusal = refusal == null ? enterBreaker(call, urgent, now, held) : refusal;
    if (refusal != null) {
      held.settle(null, false, now);
      held.probed(false, now);
    }
    return refusal;
  }

  private @Nullable Refusal enterBreaker(ModelCall call, boolean urgent, long now, Held held) {
    GuardedBreaker breaker = call.streaming() ? streaming : blocking;
    try {
      return urgent ? breaker.tryUrgently(now, held) : breaker.tryEnter(now, held);
    } catch (Throwable fault) {
      Foreign.log(GuardedBreaker.class.getName(), fault);
      return FAILED;
    }
  }

  /** The first content is here: the target works, whatever comes of the answer. */
  public static void working(Held held, long now) {
    held.probed(true, now);
  }

  /**
   * The attempt is over. Each gate is told on its own; said once.
   *
   * @param blamed whether a breaker counts it as a failure
   * @param usage real usage, when the target answered and said it
   * @param keeps whether reserved tokens stay charged when usage is unknown
   * @param elapsed nanoseconds from entry to the end, for streams to the first content
   */
  public static void leave(
      Held held,
      Ending ending,
      boolean blamed,
      @Nullable Usage usage,
      boolean keeps,
      long elapsed,
      long now) {
    held.probed(ending == Ending.SUCCEEDED, now);
    held.settle(usage, keeps, now);
    try {
      held.leaveBreaker(ending, blamed, elapsed, now);
    } catch (Throwable fault) {
      Foreign.log(GuardedBreaker.class.getName(), fault);
    }
  }
}
