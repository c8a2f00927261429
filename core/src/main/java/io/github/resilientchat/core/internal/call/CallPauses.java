package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Question;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one call waits for while nobody is asked: its turn, an answer of its quotas, a target. One
 * pause at a time is live, and ends once. Calls nobody and reads no clock; guarded by its call.
 */
abstract class CallPauses extends CallPatience {

  private static final int LONE_DOUBLINGS = 2;
  private static final long LEAST_PAUSE = Duration.ofMillis(20).toNanos();

  /** What the call waits for, a {@link Waiting} or an {@link Awaiting}; null while it does not. */
  private @Nullable Verdict pause;

  /** For targets, so far. */
  private long waited;

  private int backoffs;

  CallPauses(RouteState route, ModelCall call, long now) {
    super(route, call, now);
  }

  /** Waits in the caller's line. */
  final Verdict waitInLine(Admission.Later later, long delay, long now) {
    Waiting waiting = new Waiting(self(), delay, now, null, later.turn());
    pause = waiting;
    return waiting;
  }

  /** Waits for the quotas' answer. */
  final Verdict asks(Question question, Admission.@Nullable Turn turn, long now) {
    if (isOver()) {
      return Verdict.Nothing.HERE;
    }
    Duration patience = Duration.ofNanos(Math.max(0, remaining(now)));
    Awaiting waiting = new Awaiting(self(), question, turn, patience);
    pause = waiting;
    return waiting;
  }

  /** Ends this pause; whether it was live. */
  final boolean endsPause(Verdict during) {
    boolean live = pause == during && !isOver();
    pause = live ? null : pause;
    return live;
  }

  /** The wait for a target is over; targets that rested meanwhile may be asked again. */
  final void waitedFor(Waiting over, Set<Target> rested, long now) {
    waited += now - over.since();
    candidates(candidates().again(rested));
  }

  /** Whether the route lets the call wait so much longer for a target. */
  final boolean mayWait(long wait, long now) {
    return mayWait(wait, waited, now);
  }

  final Verdict waitForTarget(long wait, long now) {
    return pause(wait, null, now);
  }

  /** Asks on before long, since patience is all that the call has. */
  final Verdict askSoon(long backoff, long now) {
    backoffs++;
    return pause(backoff, null, now);
  }

  /** Full jitter; short all the time for a call that has only one target to ask. */
  final long nextBackoff(double chance, long now) {
    return backoff(asksOn(now) ? Math.min(backoffs, LONE_DOUBLINGS) : backoffs, chance);
  }

  /** The same where nobody lets in: whatever the backoff, the call does not ask all the time. */
  final long nextPause(double chance, long now) {
    return Math.max(nextBackoff(chance, now), LEAST_PAUSE);
  }

  /** Asks the same target once more, after a backoff. */
  final Verdict backOff(Try attempt, long backoff, long now) {
    backoffs++;
    candidates(candidates().again(Set.of(attempt.target())));
    return pause(backoff, attempt, now);
  }

  /** Another target is asked: its backoffs begin anew. */
  final void forgetBackoffs() {
    backoffs = 0;
  }

  private Verdict pause(long nanos, @Nullable Try again, long now) {
    Waiting waiting = new Waiting(self(), nanos, now, again, null);
    pause = waiting;
    return waiting;
  }

  /** The caller went away during a pause. */
  final void cancelled(Waiting during, long now) {
    if (endsPause(during)) {
      left(now);
    }
  }

  /** The caller went away while nobody was asked. */
  final void left(long now) {
    if (!isOver()) {
      end(CallReport.Ending.CANCELLED, now);
    }
  }
}
