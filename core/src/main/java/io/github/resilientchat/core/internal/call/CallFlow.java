package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.internal.choice.Candidates;
import io.github.resilientchat.core.internal.choice.Chosen;
import io.github.resilientchat.core.internal.time.Nanos;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one call goes on. Each method is a transition: it takes a signal and the time, says what
 * comes next and notes what is to be done. Calls nobody and reads no clock; guarded by its call. A
 * signal of an attempt or a pause that is not live any more is answered with nothing.
 */
final class CallFlow {

  private final RoutedCall owner;
  private final RouteState route;
  private final CallState state;
  private final CallTime time;
  private List<Throwable> errors = List.of();
  private @Nullable Waiting pause;
  private long waited;
  private int sameTargetTries;

  CallFlow(RoutedCall owner, RouteState route, CallState state, ModelCall call, long now) {
    this.owner = owner;
    this.route = route;
    this.state = state;
    this.time = new CallTime(route.route().policy(), call, now);
  }

  Verdict admitted(Admission admission, long now) {
    if (admission instanceof Admission.Granted granted) {
      state.reserved(granted.reservation());
    } else if (admission instanceof Admission.Later later) {
      return inLine(later, now);
    } else if (admission != Admission.Unlimited.INSTANCE) {
      state.end(CallReport.Ending.REFUSED, now);
      return new Verdict.Refused(admission);
    }
    // Refused calls ask nobody: they earn no tries.
    route.budget().called(now);
    route.hedges().called();
    return choose(Search.ANY, now);
  }

  /** Waits in the caller's line, if the call has so much time; waiting there is not for targets. */
  private Verdict inLine(Admission.Later later, long now) {
    long delay = Math.max(0, Nanos.of(later.delay()));
    if (!time.hasRoomFor(delay, now)) {
      return admitted(later.why(), now);
    }
    pause = new Waiting(owner, delay, now, null, later.turn());
    return new Verdict.Go(pause);
  }

  /** Whether this pause in the caller's line is over now. */
  boolean asksAgain(Waiting over) {
    boolean live = pause == over && !state.isOver();
    pause = live ? null : pause;
    return live;
  }

  /** Whoever decides on the caller's quota failed: nobody is let in unseen. */
  Verdict notAdmitted(Throwable fault, long now) {
    state.end(CallReport.Ending.FAILED, now);
    return new Verdict.Own(fault);
  }

  private Verdict choose(Search search, long now) {
    return time.isUp(now) ? timedOut(now) : new Verdict.Choose(search);
  }

  /**
   * A choice was made. What it entered is to be given back unless the verdict is an attempt.
   *
   * @param chance from 0 to 1, spreads a backoff
   */
  Verdict chosen(Search search, Chosen chosen, double chance, long now) {
    boolean beside = search.kind() == Search.Kind.BESIDE;
    if (state.isOver() || beside && (chosen.place() == null || !state.isAlone(search.failed()))) {
      return Verdict.Nothing.HERE;
    }
    if (!beside) {
      state.skipped(chosen.skipped());
    }
    if (chosen.place() != null) {
      sameTargetTries = search.kind() == Search.Kind.ANY ? 0 : sameTargetTries;
      return new Verdict.Go(state.enter(chosen.place(), now));
    }
    return nobody(search, chosen, chance, now);
  }

  private Verdict nobody(Search search, Chosen chosen, double chance, long now) {
    @Nullable Try failed = search.failed();
    if (search.kind() == Search.Kind.AGAIN && failed != null) {
      state.candidates(state.candidates().without(failed.target(), false));
      return choose(Search.ANY, now);
    }
    long backoff = time.backoff(sameTargetTries, chance);
    if (failed != null && time.hasRoomFor(backoff, now)) {
      return backOff(failed, backoff, now);
    }
    if (chosen.waitNanos() >= 0 && time.mayWait(chosen.waitNanos(), waited, now)) {
      return pause(chosen.waitNanos(), null, now);
    }
    return noTarget("no target is available", now);
  }

  /** Whether a second attempt may be looked for; takes a hedge from the budget if so. */
  boolean mayHedge(Try first, long now) {
    boolean room = state.attempts() + state.running() < maxAttempts();
    return state.isAlone(first) && room && !time.isUp(now) && route.hedges().tryHedge(now);
  }

  /**
   * An attempt failed.
   *
   * @param chance from 0 to 1, spreads a backoff
   */
  Verdict failed(Try attempt, Failure failure, Throwable error, double chance, long now) {
    if (!state.failed(attempt, failure, now)) {
      return Verdict.Nothing.HERE;
    }
    if (failure.kind() == FailureKind.THROTTLED) {
      route.hedges().throttled(now);
    }
    FailureKind.Next next = failure.kind().next();
    if (failure.kind() == FailureKind.CANCELLED) {
      state.end(CallReport.Ending.CANCELLED, now);
      return new Verdict.Own(error);
    }
    if (state.isWinner(attempt)) {
      state.end(CallReport.Ending.FAILED, now);
      return new Verdict.Interrupted(attempt, next != FailureKind.Next.CALLER, error);
    }
    note(error);
    if (next == FailureKind.Next.CALLER || !fitsElsewhere(attempt, next)) {
      state.end(CallReport.Ending.FAILED, now);
      return new Verdict.Own(error);
    }
    return state.isAnyRunning() ? without(attempt, failure) : tryOn(attempt, failure, chance, now);
  }

  private void note(Throwable error) {
    errors = errors.isEmpty() ? new ArrayList<>(2) : errors;
    errors.add(error);
  }

  /** Its rival goes on. */
  private Verdict without(Try attempt, Failure failure) {
    state.candidates(state.candidates().without(attempt.target(), failure.coolsQuota()));
    return Verdict.Nothing.HERE;
  }

  /** Leaves out targets that are too small for a prompt that did not fit this one. */
  private boolean fitsElsewhere(Try attempt, FailureKind.Next next) {
    if (next != FailureKind.Next.LARGER_CONTEXT) {
      return true;
    }
    long window = attempt.target().traits().contextWindow();
    state.candidates(state.candidates().largerThan(window));
    return window > 0 && isMoreThan(0);
  }

  /** Whether more targets than that may still be tried. */
  private boolean isMoreThan(int few) {
    Candidates candidates = state.candidates();
    List<Target> targets = route.targets();
    int count = 0;
    for (int i = 0; i < targets.size() && count <= few; i++) {
      count += candidates.include(targets.get(i)) ? 1 : 0;
    }
    return count > few;
  }

  /**
   * Where a failed attempt leads: a model that is being loaded is worth waiting for, any other
   * failure is worth another try at the same target only when no other one lets in.
   */
  private Verdict tryOn(Try attempt, Failure failure, double chance, long now) {
    if (time.isUp(now)) {
      return timedOut(now);
    }
    if (state.attempts() >= maxAttempts()) {
      return noTarget("its " + state.attempts() + " attempts are used up", now);
    }
    if (!route.budget().tryRetry(now)) {
      return noTarget("the route's retry budget is used up", now);
    }
    boolean again = sameTargetTries < failure.sameTargetRetries();
    if (again && failure.kind().next() == FailureKind.Next.SAME_TARGET) {
      long backoff = time.backoff(sameTargetTries, chance);
      if (time.hasRoomFor(backoff, now)) {
        return backOff(attempt, backoff, now);
      }
      again = false;
    }
    without(attempt, failure);
    return new Verdict.Choose(Search.after(again ? attempt : null));
  }

  private int maxAttempts() {
    return route.route().policy().retry().maxAttempts();
  }

  private Verdict backOff(Try attempt, long backoff, long now) {
    sameTargetTries++;
    state.candidates(state.candidates().again(Set.of(attempt.target())));
    return pause(backoff, attempt, now);
  }

  private Verdict pause(long nanos, @Nullable Try again, long now) {
    pause = new Waiting(owner, nanos, now, again, null);
    return new Verdict.Go(pause);
  }

  /**
   * A pause is over.
   *
   * @param rested targets that throttled the call before and do not rest any more
   */
  Verdict resumed(Waiting over, Set<Target> rested, long now) {
    if (pause != over || state.isOver()) {
      return Verdict.Nothing.HERE;
    }
    pause = null;
    @Nullable Try again = over.again();
    if (again != null) {
      return choose(Search.again(again), now);
    }
    waited += now - over.since();
    state.candidates(state.candidates().again(rested));
    return choose(Search.ANY, now);
  }

  /** The caller went away during a pause. */
  void cancelled(Waiting during, long now) {
    if (pause == during && !state.isOver()) {
      state.end(CallReport.Ending.CANCELLED, now);
    }
  }

  private Verdict noTarget(String why, long now) {
    state.end(CallReport.Ending.FAILED, now);
    return new Verdict.NoTarget(why);
  }

  private Verdict timedOut(long now) {
    state.end(CallReport.Ending.FAILED, now);
    return Verdict.TimedOut.NOW;
  }

  /** Leaves time for another target when there is one that is not being asked already. */
  Duration patience(Try attempt, long now) {
    if (state.isWinner(attempt) || attempt.isHeard()) {
      return time.idlePatience(now);
    }
    int running = state.running();
    boolean another = state.attempts() + running < maxAttempts() && isMoreThan(running);
    return time.firstPatience(attempt.startedAt(), another, now);
  }

  /** What is left of the patience, counted from the last signal of the attempt. */
  Duration untilSilent(Try attempt, long now) {
    return state.isWinner(attempt) || attempt.isHeard()
        ? time.idlePatience(attempt.lastSignalAt(), now)
        : patience(attempt, now);
  }

  long remaining(long now) {
    return time.remaining(now);
  }

  /** What failed attempts threw, in order. */
  List<Throwable> errors() {
    return List.copyOf(errors);
  }
}
