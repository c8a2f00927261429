package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.internal.choice.Candidates;
import io.github.resilientchat.core.internal.choice.Chosen;
import io.github.resilientchat.core.internal.gate.Outcome;
import io.github.resilientchat.core.quota.Bill;
import io.github.resilientchat.core.quota.Reservation;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.SkippedTarget;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one call: who is being asked, who won, what is reserved and charged, what
 * was tried, and whether it is over. Attempts enter, win, and leave here, once each; what has to be
 * done about it is noted as effects. Calls nobody and reads no clock; guarded by its call.
 */
final class CallState {

  private static final Failure LOST = Failure.of(FailureKind.CANCELLED, "HedgeLost");
  private static final Failure LEFT = Failure.of(FailureKind.CANCELLED, "CallerLeft");
  private static final int MAX_SKIPPED = 64;

  private final RoutedCall owner;
  private final String route;
  private final @Nullable String insteadOf;
  private final ModelCall call;
  private final long startedAt;

  /** Attempts under way: one, or one and who is asked beside it. */
  private @Nullable Try running;

  private @Nullable Try beside;
  private List<AttemptReport> attempts = List.of();
  private List<SkippedTarget> skipped = List.of();
  private Candidates candidates;
  private @Nullable Try winner;
  private @Nullable Reservation reservation;
  private @Nullable CallReport ended;
  private @Nullable Effects effects;

  /** Null while nothing was used, and for a call whose first attempt answers and says its use. */
  private @Nullable Costs costs;

  /** What the last attempt that got anything got: a target may work although nobody hears of it. */
  private @Nullable Usage spent;

  CallState(RoutedCall owner, String route, @Nullable String insteadOf, ModelCall call, long now) {
    this.owner = owner;
    this.route = route;
    this.insteadOf = insteadOf;
    this.call = call;
    this.startedAt = now;
    this.candidates = Candidates.with(call.needs());
  }

  void reserved(Reservation granted) {
    reservation = granted;
  }

  boolean isOver() {
    return ended != null;
  }

  boolean isWinner(Try attempt) {
    return attempt == winner;
  }

  /** Whether this attempt is under way, no other one, and nobody has won. */
  boolean isAlone(@Nullable Try attempt) {
    return ended == null
        && winner == null
        && attempt != null
        && running() == 1
        && isUnderWay(attempt);
  }

  boolean isUnderWay(Try attempt) {
    return attempt == running || attempt == beside;
  }

  boolean isAnyRunning() {
    return running != null;
  }

  /** What is to be done about the transitions since this was asked last; null for nothing. */
  @Nullable Effects takeEffects() {
    Effects all = effects;
    effects = null;
    return all;
  }

  private Effects noted() {
    if (effects == null) {
      effects = new Effects();
    }
    return effects;
  }

  /** Most calls make one attempt, whose list needs no copy in reports. */
  private void tried(AttemptReport told) {
    if (attempts.isEmpty()) {
      attempts = List.of(told);
      return;
    }
    List<AttemptReport> more = new ArrayList<>(attempts.size() + 1);
    more.addAll(attempts);
    more.add(told);
    attempts = more;
  }

  /** Attempts under way. */
  int running() {
    return (running == null ? 0 : 1) + (beside == null ? 0 : 1);
  }

  /** Attempts that have ended. */
  int attempts() {
    return attempts.size();
  }

  /** Attempts at a target that failed so. */
  int failuresAt(Target target, FailureKind kind) {
    int count = 0;
    for (AttemptReport told : attempts) {
      @Nullable Failure failure = told.failure();
      boolean same = told.target() == target && failure != null && failure.kind() == kind;
      count += same ? 1 : 0;
    }
    return count;
  }

  Candidates candidates() {
    return candidates;
  }

  void candidates(Candidates left) {
    candidates = left;
  }

  void skipped(List<SkippedTarget> more) {
    int room = Math.min(MAX_SKIPPED - skipped.size(), more.size());
    if (room > 0) {
      skipped = skipped.isEmpty() ? new ArrayList<>(room) : skipped;
      skipped.addAll(more.subList(0, room));
    }
  }

  Try enter(Chosen.Place place, long now) {
    Try attempt = new Try(owner, place, now);
    if (running == null) {
      running = attempt;
    } else {
      beside = attempt;
    }
    place.stats().begun(call.streaming(), now);
    return attempt;
  }

  /** The first content of an attempt: whether it may win, or has won. */
  boolean accept(Try attempt, long now) {
    if (!mayWin(attempt)) {
      return false;
    }
    if (winner == null) {
      commit(attempt, now);
      noted().works(attempt);
    }
    return true;
  }

  private boolean mayWin(Try attempt) {
    return ended == null && (winner == null ? isUnderWay(attempt) : winner == attempt);
  }

  /** The attempt wins: notes what has to be cleaned up. */
  private void commit(Try attempt, long now) {
    winner = attempt;
    attempt.committed(now);
    retireOthers(attempt, now);
  }

  /** Ends everybody but this attempt; what they cost is charged. */
  private void retireOthers(@Nullable Try but, long now) {
    @Nullable Try last = beside;
    if (last != null && last != but) {
      remove(last);
      retire(last, now);
    }
    @Nullable Try first = running;
    if (first != null && first != but) {
      remove(first);
      retire(first, now);
    }
  }

  /** False when it is not under way. */
  private boolean remove(Try attempt) {
    if (attempt == beside) {
      beside = null;
      return true;
    }
    if (attempt == running) {
      running = beside;
      beside = null;
      return true;
    }
    return false;
  }

  private void retire(Try loser, long now) {
    @Nullable Usage got = loser.spent(call);
    if (got == null) {
      costs().asked(loser);
    } else {
      costs().received(loser, got);
    }
    leaves(loser, LOST, got, true, now);
  }

  /** An attempt is out without a word about its target. */
  private void leaves(Try attempt, Failure why, @Nullable Usage got, boolean keep, long now) {
    AttemptReport told = attempt.report(why, null, now);
    tried(told);
    long health = attempt.healthNanos(attempt == winner, now);
    Outcome outcome = new Outcome(Outcome.Ending.CANCELLED, null, got, keep, health);
    noted().ends(attempt, outcome, told, null, now);
  }

  /** An attempt has the whole answer; false when another one won. */
  boolean answered(Try attempt, @Nullable Usage usage, long now) {
    if (!mayWin(attempt)) {
      if (ended == null && usage != null) {
        costs().corrected(attempt, usage);
      }
      return false;
    }
    boolean streamed = winner == attempt;
    long health = attempt.healthNanos(streamed, now);
    if (!streamed) {
      commit(attempt, now);
    }
    remove(attempt);
    AttemptReport told = attempt.report(null, null, now);
    tried(told);
    @Nullable Usage got = usage == null ? attempt.spent(call) : usage;
    Outcome outcome = new Outcome(Outcome.Ending.SUCCEEDED, null, got, true, health);
    noted().ends(attempt, outcome, told, usage, now);
    if (usage != null && costs == null && running == null) {
      end(CallReport.Ending.ANSWERED, got, Costs.ofOne(attempt, usage), now);
      return true;
    }
    if (usage != null) {
      costs().said(attempt, usage);
    } else {
      costs().received(attempt, got);
    }
    end(CallReport.Ending.ANSWERED, got, now);
    return true;
  }

  private Costs costs() {
    if (costs == null) {
      costs = new Costs(call);
    }
    return costs;
  }

  /** An attempt failed; false when it is not under way. */
  boolean failed(Try attempt, Failure failure, Consequence then, long now) {
    if (!remove(attempt)) {
      return false;
    }
    boolean committed = attempt == winner;
    boolean keep = committed || failure.kind().keepsReservation();
    @Nullable Usage got = attempt.spent(call);
    AttemptReport told = attempt.report(failure, then, now);
    tried(told);
    long health = attempt.healthNanos(committed, now);
    Outcome outcome = new Outcome(Outcome.Ending.FAILED, then, got, keep, health);
    noted().ends(attempt, outcome, told, null, now);
    if (got != null) {
      costs().received(attempt, got);
    } else if (keep) {
      costs().asked(attempt);
    }
    spent = got == null ? spent : got;
    return true;
  }

  /** The caller went away during an attempt. */
  void cancelled(Try attempt, long now) {
    if (remove(attempt)) {
      @Nullable Usage got = attempt.spent(call);
      leaves(attempt, LEFT, got, true, now);
      costs().received(attempt, got);
      spent = got;
      end(CallReport.Ending.CANCELLED, now);
    }
  }

  /** The caller was gone before an attempt sent anything; false when the attempt was over. */
  boolean abandoned(Try attempt, long now) {
    if (!remove(attempt)) {
      return false;
    }
    leaves(attempt, LEFT, null, false, now);
    end(CallReport.Ending.CANCELLED, now);
    return true;
  }

  /** The call is over, and cost what its attempts are known to have got. */
  void end(CallReport.Ending ending, long now) {
    end(ending, spent, now);
  }

  private void end(CallReport.Ending ending, @Nullable Usage usage, long now) {
    retireOthers(null, now);
    end(ending, usage, costs == null ? Bill.NOTHING : costs.bill(), now);
  }

  private void end(CallReport.Ending ending, @Nullable Usage usage, Bill bill, long now) {
    ended = snapshot(ending, usage, now);
    noted().closes(ended, reservation, bill);
    reservation = null;
  }

  CallReport report(long now) {
    return ended != null ? ended : snapshot(CallReport.Ending.FAILED, null, now);
  }

  private CallReport snapshot(CallReport.Ending ending, @Nullable Usage usage, long now) {
    return new CallReport(
        route,
        call.caller(),
        call.streaming(),
        ending,
        attempts,
        skipped,
        usage,
        Duration.ofNanos(now - startedAt),
        insteadOf);
  }
}
