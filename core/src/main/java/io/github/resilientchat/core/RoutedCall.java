package io.github.resilientchat.core;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Reservation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call on its way over a route. Has one live step at a time, and only whoever ends that step
 * may touch it, so it needs no lock of its own.
 */
final class RoutedCall {

  private static final Logger LOG = LoggerFactory.getLogger(Router.class);

  /** Below this share of a limit nothing is hedged. */
  private static final double ENOUGH_QUOTA = 0.3;

  private final RouteRouter router;
  private final ModelCall call;
  private final CallTrail trail;
  private final long deadline;
  private final Set<Target> ruledOut = new HashSet<>();
  private final List<Throwable> errors = new ArrayList<>(2);
  private final Choice choice;
  private final Race race = new Race();
  private @Nullable Reservation reservation;
  private @Nullable Usage spent;
  private long hedgeTokens;
  private boolean keepsTokens;
  private int sameTargetTries;
  private long contextFloor;
  private long waitedUntil;

  RoutedCall(RouteRouter router, ModelCall call) {
    this.router = router;
    this.call = call;
    this.trail = new CallTrail(router, call);
    Duration limit = call.timeLimit();
    Duration timeout = limit == null ? router.route().policy().timeout() : limit;
    this.deadline = trail.startedAt() + timeout.toNanos();
    this.waitedUntil = trail.startedAt() + router.route().policy().maxWait().toNanos();
    this.choice = new Choice(router, call);
  }

  synchronized Step begin() {
    router.budget().called();
    router.hedges().called();
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
      reservation = granted.reservation();
    }
    return choose();
  }

  private Step choose() {
    if (remaining() <= 0) {
      return timedOut();
    }
    return chosen(choice.make(this, this::isCandidate));
  }

  private Step chosen(Choice.Made made) {
    trail.skipped(made.skipped());
    if (made.attempt() != null) {
      return entered(made.attempt());
    }
    Duration wait = made.earliest();
    if (wait != null && mayWait(wait)) {
      return new Pause(this, wait, this::choose);
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
    boolean hedged =
        call.streaming() && !call.needs().contains(Capability.TOOLS) && !router.hedges().isOff();
    return hedged ? Optional.ofNullable(router.route().policy().hedge().after()) : Optional.empty();
  }

  /** A second attempt beside the only one, when nothing speaks against it. */
  synchronized Step hedge(Target first) {
    boolean room = trail.attempts() + race.size() < router.route().policy().retry().maxAttempts();
    boolean may = hedgeAfter().isPresent() && race.isRunning(first) && race.size() == 1 && room;
    if (!may || remaining() <= 0 || isScarce(first) || !router.hedges().tryHedge()) {
      return AlreadyEnded.INSTANCE;
    }
    Choice.Made made =
        choice.make(this, target -> isCandidate(target) && target != first && !isScarce(target));
    return made.attempt() == null ? AlreadyEnded.INSTANCE : entered(made.attempt());
  }

  private boolean isScarce(Target target) {
    return router.engine().statsOf(target).quotaLeft() < ENOUGH_QUOTA;
  }

  /** Lets an attempt commit unless another one won. */
  synchronized boolean commit(Attempt attempt) {
    if (!race.wins(attempt) || !attempt.commit()) {
      return false;
    }
    retireOthers(attempt);
    return true;
  }

  private void retireOthers(@Nullable Attempt winner) {
    for (Attempt other : race.others(winner)) {
      AttemptReport lost = other.lost();
      if (lost != null) {
        trail.attempted(lost);
        hedgeTokens += call.estimate().input();
      }
    }
  }

  private boolean isCandidate(Target target) {
    boolean fits = contextFloor == 0 || target.traits().contextWindow() > contextFloor;
    return fits && !ruledOut.contains(target) && target.can(call.needs());
  }

  private boolean mayWait(Duration wait) {
    return now() + wait.toNanos() - waitedUntil <= 0 && wait.toNanos() < remaining();
  }

  synchronized Step failed(Attempt attempt, Attempt.Ended ended) {
    Failure failure = ended.failure();
    boolean last = race.leave(attempt);
    note(ended.report());
    router.engine().coolDowns().cool(attempt.target(), failure);
    if (failure.kind() == FailureKind.THROTTLED) {
      router.hedges().throttled();
    }
    if (race.isOver()) {
      return AlreadyEnded.INSTANCE;
    }
    trail.attempted(ended.report());
    keepsTokens |= ended.keeps();
    spent = ended.spent() == null ? spent : ended.spent();
    if (failure.kind() == FailureKind.CANCELLED) {
      return new GiveUp(ended.error(), end(CallReport.Ending.CANCELLED, spent));
    }
    if (ended.committed()) {
      return interrupted(attempt, ended);
    }
    errors.add(ended.error());
    if (failure.kind().next() == FailureKind.Next.CALLER || !larger(attempt.target(), failure)) {
      return new GiveUp(ended.error(), end(CallReport.Ending.FAILED, null));
    }
    if (!last) {
      ruledOut.add(attempt.target());
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
    boolean again = sameTargetTries < failure.sameTargetRetries();
    if (again && failure.kind().next() == FailureKind.Next.SAME_TARGET) {
      return backOff(attempt);
    }
    ruledOut.add(attempt.target());
    Choice.Made made = choice.make(this, this::isCandidate);
    if (again && made.attempt() == null) {
      trail.skipped(made.skipped());
      return backOff(attempt);
    }
    sameTargetTries = 0;
    return chosen(made);
  }

  /** Why a call that failed once may not try again; null when it may. */
  private @Nullable Step noRetry() {
    if (remaining() <= 0) {
      return timedOut();
    }
    if (trail.attempts() >= router.route().policy().retry().maxAttempts()) {
      return noTarget("its " + trail.attempts() + " attempts are used up");
    }
    return router.budget().tryRetry() ? null : noTarget("the route's retry budget is used up");
  }

  private Step backOff(AttemptReport attempt) {
    Duration backoff = backoff(sameTargetTries++);
    ruledOut.remove(attempt.target());
    return backoff.toNanos() < remaining()
        ? new Pause(this, backoff, () -> again(attempt))
        : timedOut();
  }

  private Step again(AttemptReport attempt) {
    if (remaining() <= 0) {
      return timedOut();
    }
    Choice.Made made = choice.only(this, attempt.target(), attempt.tier());
    if (made.attempt() != null) {
      return entered(made.attempt());
    }
    trail.skipped(made.skipped());
    ruledOut.add(attempt.target());
    return choose();
  }

  /** Whether a prompt that was too long for this target may fit another one. */
  private boolean larger(Target target, Failure failure) {
    if (failure.kind().next() != FailureKind.Next.LARGER_CONTEXT) {
      return true;
    }
    long window = target.traits().contextWindow();
    contextFloor = Math.max(contextFloor, window);
    return window > 0 && router.route().targets().stream().anyMatch(this::isCandidate);
  }

  /** Full jitter: anywhere between nothing and a bound that doubles. */
  private Duration backoff(int retry) {
    RetryPolicy policy = router.route().policy().retry();
    long bound = Math.min(policy.maxBackoff().toNanos(), policy.backoff().toNanos() << retry);
    return bound == 0 ? Duration.ZERO : Duration.ofNanos(router.engine().random().nextLong(bound));
  }

  /** An attempt has the whole answer; false when another one won. */
  synchronized boolean answered(Attempt attempt, AttemptReport report, @Nullable Usage usage) {
    if (!race.wins(attempt)) {
      hedgeTokens += usage == null ? call.estimate().input() : usage.counted(1);
      return false;
    }
    retireOthers(attempt);
    trail.attempted(report);
    keepsTokens = true;
    end(CallReport.Ending.ANSWERED, usage);
    return true;
  }

  /** The caller went away during an attempt. */
  synchronized void cancelled(AttemptReport attempt, @Nullable Usage received) {
    if (!race.isOver()) {
      trail.attempted(attempt);
      keepsTokens = true;
      end(CallReport.Ending.CANCELLED, received);
    }
  }

  /** The caller went away during a pause. */
  synchronized void cancelled() {
    if (!race.isOver()) {
      end(CallReport.Ending.CANCELLED, null);
    }
  }

  private Step noTarget(String why) {
    CallReport report = end(CallReport.Ending.FAILED, null);
    return new GiveUp(trail.noTarget(why, report, errors), report);
  }

  private Step timedOut() {
    CallReport report = end(CallReport.Ending.FAILED, null);
    return new GiveUp(trail.timedOut(report, errors), report);
  }

  private CallReport end(CallReport.Ending ending, @Nullable Usage usage) {
    race.finish();
    retireOthers(null);
    if (reservation != null) {
      if (usage != null) {
        reservation.settle(usage.counted(1) + hedgeTokens);
      } else if (keepsTokens) {
        reservation.keep();
      } else {
        reservation.giveBack();
      }
    }
    CallReport report = trail.end(ending, usage);
    router.engine().listeners().onCall(report);
    return report;
  }

  private void note(AttemptReport attempt) {
    Failure failure = attempt.failure();
    if (failure != null && failure.kind().needsAttention()) {
      LOG.warn("route {}: {} failed: {}", router.route().name(), attempt.target(), failure);
    } else {
      LOG.debug("route {}: {} failed: {}", router.route().name(), attempt.target(), failure);
    }
  }

  Failure classify(Throwable error) {
    return router.engine().classifier().classify(error).orElseThrow();
  }

  CallReport report() {
    return trail.report();
  }

  long now() {
    return router.engine().ticker().nanos();
  }

  /** How long to wait for the answer or the first content of an attempt begun then. */
  Duration firstPatience(long attemptStart) {
    RoutePolicy policy = router.route().policy();
    Duration limit = call.streaming() ? policy.firstTokenTimeout() : policy.attemptTimeout();
    long most = Math.min(limit.toNanos(), roomFrom(attemptStart));
    return Duration.ofNanos(Math.max(0, attemptStart + most - now()));
  }

  /** How long to wait for any further signal. */
  Duration idlePatience() {
    long idle = router.route().policy().idleTimeout().toNanos();
    return Duration.ofNanos(Math.max(0, Math.min(idle, remaining())));
  }

  /** What so many characters of an answer probably used. */
  Usage usageOf(long characters) {
    return Usage.of(call.estimate().input(), TokenEstimate.ofText(characters, 0).input());
  }

  /** What an attempt may take of the time left at its start: a quarter stays for another target. */
  private long roomFrom(long attemptStart) {
    long left = deadline - attemptStart;
    boolean another =
        trail.attempts() + 1 < router.route().policy().retry().maxAttempts()
            && router.route().targets().stream().filter(this::isCandidate).count() > 1;
    return another ? left / 4 * 3 : left;
  }

  long remaining() {
    return deadline - now();
  }
}
