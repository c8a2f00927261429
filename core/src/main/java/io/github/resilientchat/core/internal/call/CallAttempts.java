package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.internal.choice.Bound;
import io.github.resilientchat.core.internal.choice.Choice;
import io.github.resilientchat.core.internal.gate.Ending;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.SkippedTarget;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one call: which are under way, which one won, which have ended, and which targets
 * were passed by. Each enters, wins and leaves here, once; who has to be told of it is noted. What
 * it means for the call is not known here. Guarded by its call.
 */
abstract class CallAttempts extends CallTime {

  private final ModelCall call;
  private @Nullable Try running;
  private @Nullable Try beside;
  private @Nullable Try winner;
  private @Nullable Try firstTried;
  private @Nullable Try lastTried;
  private int tried;
  private List<SkippedTarget> skipped = List.of();

  /** Noted effects: who has shown to work, and who left. */
  private @Nullable Try works;

  private @Nullable Try leaving;

  CallAttempts(RoutePolicy policy, ModelCall call, long now) {
    super(policy, call, now);
    this.call = call;
  }

  final ModelCall call() {
    return call;
  }

  /** The attempt that was begun first of those under way. */
  final @Nullable Try asked() {
    return running;
  }

  /** The attempt beside it. */
  final @Nullable Try askedBeside() {
    return beside;
  }

  final boolean isUnderWay(Try attempt) {
    return attempt == running || attempt == beside;
  }

  final boolean isAnyRunning() {
    return running != null;
  }

  /** Attempts under way. */
  final int running() {
    return (running == null ? 0 : 1) + (beside == null ? 0 : 1);
  }

  final boolean hasWinner() {
    return winner != null;
  }

  final boolean isWinner(Try attempt) {
    return attempt == winner;
  }

  /** Attempts that have ended. */
  final int attempts() {
    return tried;
  }

  /** Attempts at a target that failed so. */
  final int failuresAt(Target target, FailureKind kind) {
    int count = 0;
    for (Try told = firstTried; told != null; told = told.triedNext()) {
      @Nullable Failure failure = told.failure();
      boolean same = told.target() == target && failure != null && failure.kind() == kind;
      count += same ? 1 : 0;
    }
    return count;
  }

  /** Who has shown to work since this was asked last. */
  final @Nullable Try takeWorks() {
    Try noted = works;
    works = null;
    return noted;
  }

  /** Who left since this was asked last, each followed by {@link Try#leftAfter}. */
  final @Nullable Try takeLeaving() {
    Try noted = leaving;
    leaving = null;
    return noted;
  }

  final void skipped(List<SkippedTarget> more) {
    int room = Math.min(Choice.MOST_SKIPPED - skipped.size(), more.size());
    if (room > 0) {
      skipped = skipped.isEmpty() ? new ArrayList<>(room) : skipped;
      skipped.addAll(more.subList(0, room));
    }
  }

  final List<SkippedTarget> skipped() {
    return skipped;
  }

  /** An attempt that has entered the target's gates begins. */
  final Try enter(Try attempt, Bound target, long now) {
    attempt.begins(target, now);
    if (running == null) {
      running = attempt;
    } else {
      beside = attempt;
    }
    target.stats().begun(call.streaming(), now);
    return attempt;
  }

  final void wins(Try attempt, long now) {
    winner = attempt;
    attempt.committed(now);
  }

  final void works(Try attempt) {
    works = attempt;
  }

  /** False when it is not under way. */
  final boolean leaves(Try attempt) {
    if (attempt == running) {
      running = beside;
    } else if (attempt != beside) {
      return false;
    }
    beside = null;
    return true;
  }

  /** Notes how an attempt ended, and that it has to be told. */
  final void ends(
      Try attempt,
      Ending how,
      @Nullable Failure failure,
      @Nullable Consequence then,
      @Nullable Usage got,
      boolean keep,
      long now) {
    attempt.ended(how, failure, then, got, keep, attempt == winner, now);
    if (firstTried == null) {
      firstTried = attempt;
    } else if (lastTried != null) {
      lastTried.triedNext(attempt);
    }
    lastTried = attempt;
    tried++;
    attempt.leftAfter(leaving);
    leaving = attempt;
  }

  /** Of those that have ended, in order; made when somebody reads them. */
  final List<AttemptReport> attemptReports() {
    List<AttemptReport> reports = new ArrayList<>(tried);
    for (Try told = firstTried; told != null; told = told.triedNext()) {
      reports.add(told.report());
    }
    return reports;
  }
}
