package io.github.resilientchat.core;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.Admission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way over a route. Has one live step at a time, and only whoever ends that step
 * may touch it, so it needs no lock of its own.
 */
final class RoutedCall {

  private final RouteRouter router;
  private final ModelCall call;
  private final CallTrail trail;
  private final CallTime time;
  private final Charge charge = new Charge();
  private final Candidates candidates;
  private final List<Throwable> errors = new ArrayList<>(0);
  private final Choice choice;
  private final Race race;

  /** What the last attempt that got anything got: a target may work although nobody hears of it. */
  private @Nullable Usage spent;

  private int sameTargetTries;

  RoutedCall(RouteRouter router, ModelCall call) {
    this.router = router;
    this.call = call;
    this.trail = new CallTrail(router, call);
    this.time = new CallTime(router, call, trail.startedAt());
    this.race = new Race(trail, charge, call.estimate());
    this.candidates = new Candidates(router, call);
    this.choice = new Choice(router, call);
  }

  synchronized Step begin() {
    Admission admission = router.engine().quotas().admit(call);
    if (admission instanceof Admission.Refused refused) {
      CallReport report = end(CallReport.Ending.REFUSED, null);
      return new GiveUp(new QuotaExceededException(refused, report), report);
    }
    if (admission instanceof Admission.NoCaller) {
      CallReport report = end(CallReport.Ending.REFUSED, null);
      return new GiveUp(new UnknownCallerException(report), report);
    }
    if (admission instanceof Admission.Granted granted) {
      charge.reserved(granted.reservation());
    }
    // Refused calls ask nobody: they earn no tries.
    router.budget().called();
    router.hedges().called();
    return choose();
  }

  private Step choose() {
    if (time.isUp()) {
      return timedOut();
    }
    return chosen(choice.make(this, candidates::include));
  }

  private Step chooseRested() {
    candidates.readmitRested();
    return choose();
  }

  private Step chosen(Choice.Made made) {
    trail.skipped(made.skipped());
    if (made.attempt() != null) {
      return entered(made.attempt());
    }
    Duration wait = candidates.earliest(made.earliest());
    if (wait != null && time.mayWait(wait)) {
      return new Pause(this, wait, this::chooseRested);
    }
    return noTarget("no target is available");
  }

  private Step entered(Attempt attempt) {
    race.enter(attempt);
    return attempt;
  }

  /** Goes on after a pause. */
  synchronized Step resume(Supplier<Step> next) {
    return next.get();
  }

  Optional<Duration> hedgeAfter() {
    return router.hedges().after(call);
  }

  /** A second attempt beside the only one, when nothing speaks against it. */
  synchronized Step hedge(Target first) {
    boolean room = trail.attempts() + race.size() < router.route().policy().retry().maxAttempts();
    boolean may = hedgeAfter().isPresent() && race.isAlone(first) && room && !time.isUp();
    if (!may || router.isScarce(first) || !router.hedges().tryHedge()) {
      return AlreadyEnded.INSTANCE;
    }
    Choice.Made made =
        choice.make(
            this,
            target -> candidates.include(target) && target != first && !router.isScarce(target));
    return made.attempt() == null ? AlreadyEnded.INSTANCE : entered(made.attempt());
  }

  /** Lets an attempt commit unless another one won. */
  synchronized boolean commit(Attempt attempt) {
    if (!race.mayWin(attempt) || !attempt.commit()) {
      return false;
    }
    race.won(attempt);
    race.retireOthers(attempt);
    return true;
  }

  synchronized Step failed(Attempt attempt, Attempt.Ended ended) {
    Failure failure = ended.failure();
    boolean last = race.leave(attempt);
    trail.log(ended.report());
    router.engine().coolDowns().cool(attempt.target(), failure);
    if (failure.kind() == FailureKind.THROTTLED) {
      router.hedges().throttled();
    }
    if (race.isOver()) {
      return AlreadyEnded.INSTANCE;
    }
    trail.attempted(ended.report());
    if (ended.keeps()) {
      charge.keep();
    }
    spent = ended.spent() == null ? spent : ended.spent();
    if (failure.kind() == FailureKind.CANCELLED) {
      return new GiveUp(ended.error(), end(CallReport.Ending.CANCELLED, spent));
    }
    if (ended.committed()) {
      return interrupted(attempt, ended);
    }
    errors.add(ended.error());
    if (failure.kind().next() == FailureKind.Next.CALLER
        || !candidates.narrow(attempt.target(), failure)) {
      return new GiveUp(ended.error(), end(CallReport.Ending.FAILED, spent));
    }
    if (!last) {
      candidates.ruleOut(attempt.target(), failure);
      return AlreadyEnded.INSTANCE;
    }
    @Nullable Step noRetry = noRetry();
    return noRetry == null ? next(ended.report(), failure) : noRetry;
  }

  private Step interrupted(Attempt attempt, Attempt.Ended ended) {
    CallReport report = end(CallReport.Ending.FAILED, spent);
    boolean retryable = ended.failure().kind().next() != FailureKind.Next.CALLER;
    return new GiveUp(
        new StreamInterruptedException(attempt.target(), retryable, report, ended.error()), report);
  }

  /**
   * Where a failed attempt leads: a model that is being loaded is worth waiting for, any other
   * failure is worth another try at the same target only when no other one lets in.
   */
  private Step next(AttemptReport attempt, Failure failure) {
    Duration backoff = time.backoff(sameTargetTries);
    boolean again = sameTargetTries < failure.sameTargetRetries() && time.hasRoomFor(backoff);
    if (again && failure.kind().next() == FailureKind.Next.SAME_TARGET) {
      return backOff(attempt, failure, backoff);
    }
    candidates.ruleOut(attempt.target(), failure);
    Choice.Made made = choice.make(this, candidates::include);
    if (again && made.attempt() == null) {
      trail.skipped(made.skipped());
      return backOff(attempt, failure, backoff);
    }
    sameTargetTries = 0;
    return chosen(made);
  }

  /** Why a call that failed once may not try again; null when it may. */
  private @Nullable Step noRetry() {
    if (time.isUp()) {
      return timedOut();
    }
    if (trail.attempts() >= router.route().policy().retry().maxAttempts()) {
      return noTarget("its " + trail.attempts() + " attempts are used up");
    }
    return router.budget().tryRetry() ? null : noTarget("the route's retry budget is used up");
  }

  private Step backOff(AttemptReport attempt, Failure failure, Duration backoff) {
    sameTargetTries++;
    candidates.readmit(attempt.target());
    return new Pause(this, backoff, () -> again(attempt, failure));
  }

  private Step again(AttemptReport attempt, Failure failure) {
    if (time.isUp()) {
      return timedOut();
    }
    Choice.Made made = choice.only(this, attempt.target(), attempt.tier());
    if (made.attempt() != null) {
      return entered(made.attempt());
    }
    trail.skipped(made.skipped());
    candidates.ruleOut(attempt.target(), failure);
    return choose();
  }

  /** An attempt has the whole answer; false when another one won. */
  synchronized boolean answered(Attempt attempt, AttemptReport report, @Nullable Usage usage) {
    if (!race.mayWin(attempt)) {
      charge.hedged(usage == null ? call.estimate().input() : usage.counted(1));
      return false;
    }
    race.won(attempt);
    race.retireOthers(attempt);
    trail.attempted(report);
    charge.keep();
    end(CallReport.Ending.ANSWERED, usage);
    return true;
  }

  /** The caller went away, during an attempt or, where there is none, during a pause. */
  synchronized void cancelled(@Nullable AttemptReport attempt, @Nullable Usage received) {
    if (race.isOver()) {
      return;
    }
    if (attempt != null) {
      trail.attempted(attempt);
      charge.keep();
    }
    end(CallReport.Ending.CANCELLED, received);
  }

  /** The caller was gone before an attempt sent anything. */
  synchronized Step abandoned(AttemptReport attempt) {
    if (race.isOver()) {
      return AlreadyEnded.INSTANCE;
    }
    trail.attempted(attempt);
    return new GiveUp(
        new CancellationException("interrupted before a target was asked"),
        end(CallReport.Ending.CANCELLED, spent));
  }

  private Step noTarget(String why) {
    CallReport report = end(CallReport.Ending.FAILED, spent);
    return new GiveUp(trail.noTarget(why, report, errors), report);
  }

  private Step timedOut() {
    CallReport report = end(CallReport.Ending.FAILED, spent);
    return new GiveUp(trail.timedOut(report, errors), report);
  }

  private CallReport end(CallReport.Ending ending, @Nullable Usage usage) {
    race.finish();
    race.retireOthers(null);
    charge.settle(usage);
    CallReport report = trail.end(ending, usage);
    router.engine().listeners().onCall(report);
    return report;
  }

  Failure classify(Throwable error) {
    return router.engine().classifier().classify(error).orElseThrow();
  }

  CallReport report() {
    return trail.report();
  }

  CallTime time() {
    return time;
  }

  /** Leaves time for another target when there is one that is not being asked already. */
  synchronized Duration firstPatience(long attemptStart) {
    boolean another =
        trail.attempts() + race.size() < router.route().policy().retry().maxAttempts()
            && candidates.count() > race.size();
    return time.firstPatience(attemptStart, another);
  }

  /** What so many characters of an answer probably used. */
  Usage usageOf(long characters) {
    return Usage.of(call.estimate().input(), TokenEstimate.ofText(characters, 0).input());
  }
}
