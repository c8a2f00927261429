package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.Consequences;
import io.github.resilientchat.core.failure.Evidence;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.internal.choice.Bound;
import io.github.resilientchat.core.internal.choice.Chosen;
import io.github.resilientchat.core.internal.time.Nanos;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one call goes on. Each method is a transition: it takes a signal and the time, says what
 * comes next and notes what is to be done. Calls nobody and reads no clock; guarded by its call. A
 * signal of an attempt or a pause that is not live any more is answered with nothing.
 */
abstract class CallFlow extends CallPauses {

  /** Refusals at once are free, but not without end. */
  private static final int MOST_ATTEMPTS = 64;

  /** A stream that took as long as it may. */
  private static final Failure TOO_LONG = Failure.of(FailureKind.REJECTED, "MaxDuration");

  private List<Throwable> errors = List.of();

  /** Whether another try at the same target is free: what failed is charged already. */
  private boolean charged;

  /** Whether nothing failed but what this request asks for. */
  private boolean unsupported = true;

  CallFlow(RouteState route, ModelCall call, long now) {
    super(route, call, now);
  }

  Verdict admitted(Admission admission, long now) {
    if (admission instanceof Admission.Granted granted) {
      reserved(granted.reservation());
    } else if (admission instanceof Admission.Later later) {
      return inLine(later, now);
    } else if (admission != Admission.Unlimited.INSTANCE) {
      end(CallReport.Ending.REFUSED, now);
      return new Verdict.Refused(admission);
    }
    // Refused calls ask nobody: they earn no tries.
    route().budget().called(now);
    route().hedges().called();
    return choose(Search.ANY, now);
  }

  /** Waits in the caller's line, if the call has so much time; waiting there is not for targets. */
  private Verdict inLine(Admission.Later later, long now) {
    long delay = Math.max(0, Nanos.of(later.delay()));
    return hasRoomFor(delay, now) ? waitInLine(later, delay, now) : admitted(later.why(), now);
  }

  /** Nobody has said whether the call may go on, and it has no time left. */
  Verdict unanswered(long now) {
    return timedOut(now);
  }

  /** Whoever decides on the caller's quota failed: nobody is let in unseen. */
  Verdict notAdmitted(Throwable fault, long now) {
    end(CallReport.Ending.FAILED, now);
    return new Verdict.Own(fault);
  }

  private Verdict choose(Search search, long now) {
    if (isUp(now)) {
      return timedOut(now);
    }
    return search == Search.ANY ? Verdict.Choose.ANY : new Verdict.Choose(search);
  }

  /**
   * A choice was made. What it entered is to be given back unless the verdict is an attempt.
   *
   * @param next what entered the target's gates
   * @param chance from 0 to 1, spreads a backoff
   */
  Verdict chosen(Search search, Try next, Chosen chosen, double chance, long now) {
    boolean beside = search.kind() == Search.Kind.BESIDE;
    if (isOver() || beside && (chosen.target() == null || !isAlone(search.failed()))) {
      return Verdict.Nothing.HERE;
    }
    if (!beside) {
      skipped(chosen.skipped());
    }
    if (chosen.target() != null) {
      return entered(search, next, chosen.target(), now);
    }
    return nobody(search, chosen, chance, now);
  }

  /** Tries after the first are charged as they are made, for what is not well. */
  private Verdict entered(Search search, Try next, Bound place, long now) {
    if (search.kind() == Search.Kind.BESIDE) {
      return route().hedges().tryHedge(now) ? enter(next, place, now) : Verdict.Nothing.HERE;
    }
    if (attempts() > 0 && !isFree(search, place, now) && !route().budget().tryRetry(now)) {
      if (search.failed() != null && search.isForTheSame()) {
        candidates(candidates().without(search.failed().target(), false));
      }
      return search.wellOnly() ? budgetUsedUp(now) : choose(Search.ANY_THAT_IS_WELL, now);
    }
    if (!search.isForTheSame()) {
      forgetBackoffs();
    }
    return enter(next, place, now);
  }

  private boolean isFree(Search search, Bound place, long now) {
    return switch (search.kind()) {
      case CORRECTED -> true;
      case AGAIN -> charged || asksOn(now);
      default -> place.stats().isWell(call().streaming(), now) || asksOn(now);
    };
  }

  private Verdict nobody(Search search, Chosen chosen, double chance, long now) {
    @Nullable Try failed = search.failed();
    if (search.isForTheSame() && failed != null && !asksOn(now)) {
      candidates(candidates().without(failed.target(), false));
      return choose(Search.ANY, now);
    }
    if (search.wellOnly()) {
      return budgetUsedUp(now);
    }
    long backoff = nextPause(chance, now);
    if (failed != null && hasRoomFor(backoff, now)) {
      return backOff(failed, backoff, now);
    }
    if (chosen.mayAskSoon() && asksOn(now) && hasRoomFor(backoff, now)) {
      return askSoon(backoff, now);
    }
    if (chosen.waitNanos() >= 0 && mayWait(chosen.waitNanos(), now)) {
      return waitForTarget(chosen.waitNanos(), now);
    }
    if (unsupported && !errors.isEmpty() && chosen.skipped().isEmpty()) {
      end(CallReport.Ending.FAILED, now);
      return new Verdict.Own(errors.get(errors.size() - 1));
    }
    return noTarget("no target is available", now);
  }

  private Verdict budgetUsedUp(long now) {
    return noTarget("the route's retry budget is used up", now);
  }

  /** Whether a second attempt may be looked for; charged when one is made. */
  boolean mayHedge(Try first, long now) {
    boolean room = counted() + running() < maxAttempts();
    return isAlone(first) && room && !isUp(now) && route().hedges().mayHedge(now);
  }

  /**
   * An attempt failed.
   *
   * @param seen what else is known
   * @param chance from 0 to 1, spreads a backoff
   */
  Verdict failed(
      Try attempt, Failure told, Evidence seen, Throwable error, double chance, long now) {
    Failure failure = isTooLong(attempt, told, now) ? TOO_LONG : told;
    Evidence evidence =
        seen.tries(1 + failuresAt(attempt.target(), failure.kind())).alone(asksOn(now));
    Consequence then = Consequences.of(failure, evidence, policy().failures());
    if (!failed(attempt, failure, then, now)) {
      return Verdict.Nothing.HERE;
    }
    if (failure.kind() == FailureKind.THROTTLED) {
      route().hedges().throttled(now);
    }
    if (failure.kind() == FailureKind.CANCELLED) {
      end(CallReport.Ending.CANCELLED, now);
      return new Verdict.Own(error);
    }
    Consequence.Next next = then.next();
    if (isWinner(attempt)) {
      end(CallReport.Ending.FAILED, now);
      return new Verdict.Interrupted(attempt, next != Consequence.Next.CALLER, error);
    }
    note(error);
    counts(then.counted());
    charged = evidence.sameEvent();
    unsupported &= next == Consequence.Next.ANOTHER_ELSE_CALLER;
    if (next == Consequence.Next.CALLER || !fitsElsewhere(attempt, next)) {
      end(CallReport.Ending.FAILED, now);
      return new Verdict.Own(error);
    }
    if (isAnyRunning()) {
      return without(attempt, then);
    }
    return then.counted() && isSlow(attempt, now)
        ? noTarget("an attempt took longer to fail than another one may follow", now)
        : tryOn(attempt, then, chance, now);
  }

  private void note(Throwable error) {
    errors = errors.isEmpty() ? new ArrayList<>(2) : errors;
    errors.add(error);
  }

  /** Its rival goes on. */
  private Verdict without(Try attempt, Consequence then) {
    candidates(candidates().without(attempt.target(), then.restsQuota()));
    return Verdict.Nothing.HERE;
  }

  /** Leaves out targets that are too small for a prompt that did not fit this one. */
  private boolean fitsElsewhere(Try attempt, Consequence.Next next) {
    if (next != Consequence.Next.LARGER_CONTEXT) {
      return true;
    }
    long window = attempt.target().traits().contextWindow();
    candidates(candidates().largerThan(window));
    return window > 0 && isMoreThan(0);
  }

  /** Where a failed attempt leads. */
  private Verdict tryOn(Try attempt, Consequence then, double chance, long now) {
    if (isUp(now)) {
      return timedOut(now);
    }
    if (then.next() == Consequence.Next.SAME_AT_ONCE) {
      return choose(Search.corrected(attempt), now);
    }
    if (counted() >= maxAttempts() && !asksOn(now) || attempts() >= MOST_ATTEMPTS) {
      return noTarget("its " + attempts() + " attempts are used up", now);
    }
    if (then.next() == Consequence.Next.SAME_AFTER_PAUSE && !isLastForAnother()) {
      long backoff = nextBackoff(chance, now);
      if (hasRoomFor(backoff, now)) {
        return backOff(attempt, backoff, now);
      }
    }
    without(attempt, then);
    boolean elseSame = then.next() == Consequence.Next.ANOTHER_ELSE_SAME;
    return new Verdict.Choose(Search.after(elseSame ? attempt : null));
  }

  /** Whether one attempt is left, and another target to spend it at. */
  private boolean isLastForAnother() {
    return counted() + 1 >= maxAttempts() && isMoreThan(1);
  }

  /**
   * A pause is over.
   *
   * @param rested targets that throttled the call before and do not rest any more
   */
  Verdict resumed(Waiting over, Set<Target> rested, long now) {
    if (!endsPause(over)) {
      return Verdict.Nothing.HERE;
    }
    @Nullable Try again = over.again();
    if (again != null) {
      return choose(Search.again(again), now);
    }
    waitedFor(over, rested, now);
    return choose(Search.ANY, now);
  }

  private Verdict noTarget(String why, long now) {
    end(CallReport.Ending.FAILED, now);
    return new Verdict.NoTarget(why);
  }

  private Verdict timedOut(long now) {
    end(CallReport.Ending.FAILED, now);
    return Verdict.TimedOut.NOW;
  }

  /** What failed attempts threw, in order. */
  List<Throwable> errors() {
    return List.copyOf(errors);
  }
}
