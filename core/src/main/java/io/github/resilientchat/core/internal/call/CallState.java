package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.internal.choice.Bound;
import io.github.resilientchat.core.internal.choice.Candidates;
import io.github.resilientchat.core.internal.choice.Choice;
import io.github.resilientchat.core.internal.gate.Ending;
import io.github.resilientchat.core.quota.Bill;
import io.github.resilientchat.core.quota.Reservation;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.SkippedTarget;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one call: who is being asked, who won, what is reserved and charged, what
 * was tried, and whether it is over. Attempts enter, win, and leave here, once each; what has to be
 * done about it is noted as effects. Calls nobody and reads no clock; guarded by its call, which it
 * is a part of so that a call is one object.
 */
abstract class CallState extends CallTime {

  private static final Failure LOST = Failure.of(FailureKind.CANCELLED, "HedgeLost");
  private static final Failure LEFT = Failure.of(FailureKind.CANCELLED, "CallerLeft");

  private final ModelCall call;
  private final long startedAt;
  private @Nullable Try running;
  private @Nullable Try beside;
  private @Nullable Try firstTried;
  private @Nullable Try lastTried;
  private int tried;
  private List<SkippedTarget> skipped = List.of();

  /** Read by a choice under no lock; null while all are candidates that can do what is needed. */
  private volatile @Nullable Candidates candidates;

  private @Nullable Try winner;
  private @Nullable Reservation reservation;
  private CallReport.@Nullable Ending ending;
  private long endedAt;

  /** Null while nothing was used, and for a call whose first attempt answers and says its use. */
  private @Nullable Costs costs;

  /**
   * What the last attempt that got anything got, which a target may do although nobody hears of it;
   * what the call used once it is over.
   */
  private @Nullable Usage spent;

  /** Noted effects: who has shown to work, who left, whether the call closes, and its bill. */
  private @Nullable Try works;

  private @Nullable Try leaving;
  private boolean closes;
  private Bill bill = Bill.NOTHING;

  CallState(RoutePolicy policy, ModelCall call, long now) {
    super(policy, call, now);
    this.call = call;
    this.startedAt = now;
  }

  /** The call that this is the state of. */
  abstract RoutedCall self();

  abstract String routeName();

  /** What a target must be able to do for it. */
  abstract Set<Capability> needs();

  /** The route that was asked for, if the caller's plan sent the call over this one. */
  abstract @Nullable String insteadOf();

  final ModelCall call() {
    return call;
  }

  final long startedAt() {
    return startedAt;
  }

  final void reserved(Reservation granted) {
    reservation = granted;
  }

  final boolean isOver() {
    return ending != null;
  }

  final boolean isWinner(Try attempt) {
    return attempt == winner;
  }

  /** Whether this attempt is under way, no other one, and nobody has won. */
  final boolean isAlone(@Nullable Try attempt) {
    return ending == null
        && winner == null
        && attempt != null
        && running == attempt
        && beside == null;
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

  /** Whether the call closes, said once. */
  final boolean takeCloses() {
    boolean noted = closes;
    closes = false;
    return noted;
  }

  /** What was reserved, to be settled with {@link #bill} once the call has closed. */
  final @Nullable Reservation reservation() {
    return reservation;
  }

  final Bill bill() {
    return bill;
  }

  private Costs costs() {
    if (costs == null) {
      costs = new Costs(call);
    }
    return costs;
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

  final Candidates candidates() {
    @Nullable Candidates left = candidates;
    return left == null ? Candidates.with(needs()) : left;
  }

  final void candidates(Candidates left) {
    candidates = left;
  }

  final void skipped(List<SkippedTarget> more) {
    int room = Math.min(Choice.MOST_SKIPPED - skipped.size(), more.size());
    if (room > 0) {
      skipped = skipped.isEmpty() ? new ArrayList<>(room) : skipped;
      skipped.addAll(more.subList(0, room));
    }
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

  private boolean leaves(Try attempt) {
    if (attempt == running) {
      running = beside;
    } else if (attempt != beside) {
      return false;
    }
    beside = null;
    return true;
  }

  /** The first content of an attempt: whether it may win, or has won. */
  final boolean accept(Try attempt, long now) {
    if (!mayWin(attempt)) {
      return false;
    }
    if (winner == null) {
      commit(attempt, now);
      works = attempt;
    }
    return true;
  }

  private boolean mayWin(Try attempt) {
    return ending == null && (winner == null ? isUnderWay(attempt) : winner == attempt);
  }

  /** The attempt wins: notes what has to be cleaned up. */
  private void commit(Try attempt, long now) {
    winner = attempt;
    attempt.committed(now);
    retireOthers(attempt, now);
  }

  /** Ends everybody but this attempt; what they cost is charged. */
  private void retireOthers(@Nullable Try but, long now) {
    Try one = running;
    Try other = beside;
    if (other != null && other != but) {
      retire(other, now);
    }
    if (one != null && one != but) {
      retire(one, now);
    }
  }

  private void retire(Try loser, long now) {
    leaves(loser);
    @Nullable Usage got = loser.spent(call);
    if (got == null) {
      costs().asked(loser);
    } else {
      costs().received(loser, got);
    }
    ends(loser, Ending.CANCELLED, LOST, null, got, true, now);
  }

  /** Notes how an attempt ended, and that it has to be told. */
  private void ends(
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

  /** An attempt has the whole answer; false when another one won. */
  final boolean answered(Try attempt, @Nullable Usage told, long now) {
    if (!mayWin(attempt)) {
      if (ending == null && told != null && costs != null) {
        costs.corrected(attempt, told);
      }
      return false;
    }
    boolean streamed = winner == attempt;
    if (!streamed) {
      commit(attempt, now);
    }
    leaves(attempt);
    @Nullable Usage got = told == null ? attempt.spent(call) : told;
    attempt.saysUsage(told);
    ends(attempt, Ending.SUCCEEDED, null, null, got, true, now);
    if (told == null) {
      costs().received(attempt, got);
    } else if (costs != null) {
      costs.said(attempt, told);
    }
    end(CallReport.Ending.ANSWERED, got, now);
    if (told != null && costs == null) {
      bill = Costs.ofOne(attempt, told);
    }
    return true;
  }

  /** An attempt failed; false when it is not under way. */
  final boolean failed(Try attempt, Failure failure, Consequence then, long now) {
    if (!leaves(attempt)) {
      return false;
    }
    boolean keep = attempt == winner || failure.kind().keepsReservation();
    @Nullable Usage got = attempt.spent(call);
    ends(attempt, Ending.FAILED, failure, then, got, keep, now);
    if (got != null) {
      costs().received(attempt, got);
    } else if (keep) {
      costs().asked(attempt);
    }
    spent = got == null ? spent : got;
    return true;
  }

  /** The caller went away during an attempt. */
  final void cancelled(Try attempt, long now) {
    if (leaves(attempt)) {
      @Nullable Usage got = attempt.spent(call);
      ends(attempt, Ending.CANCELLED, LEFT, null, got, true, now);
      costs().received(attempt, got);
      spent = got;
      end(CallReport.Ending.CANCELLED, now);
    }
  }

  /** The caller was gone before an attempt sent anything; false when the attempt was over. */
  final boolean abandoned(Try attempt, long now) {
    if (!leaves(attempt)) {
      return false;
    }
    ends(attempt, Ending.CANCELLED, LEFT, null, null, false, now);
    end(CallReport.Ending.CANCELLED, now);
    return true;
  }

  /** The call is over, and cost what its attempts are known to have got. */
  final void end(CallReport.Ending how, long now) {
    end(how, spent, now);
  }

  private void end(CallReport.Ending how, @Nullable Usage used, long now) {
    retireOthers(null, now);
    ending = how;
    spent = used;
    endedAt = now;
    bill = costs == null ? Bill.NOTHING : costs.bill();
    closes = true;
  }

  /** The account of the call, made when somebody reads it. */
  final CallReport report(long now) {
    List<AttemptReport> attempts = new ArrayList<>(tried);
    for (Try told = firstTried; told != null; told = told.triedNext()) {
      attempts.add(told.report());
    }
    return new CallReport(
        routeName(),
        call.caller(),
        call.streaming(),
        ending == null ? CallReport.Ending.FAILED : ending,
        attempts,
        skipped,
        ending == null ? null : spent,
        Duration.ofNanos((ending == null ? now : endedAt) - startedAt),
        insteadOf(),
        ending == null && costs != null ? costs.bill() : bill);
  }
}
