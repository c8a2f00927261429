package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.internal.choice.Candidates;
import io.github.resilientchat.core.internal.gate.Ending;
import io.github.resilientchat.core.quota.Bill;
import io.github.resilientchat.core.quota.Reservation;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.route.RoutePolicy;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one call: who may be asked, what its attempts come to, what is reserved and
 * charged, and whether it is over. Signals of attempts change it here; what has to be done about it
 * is noted as effects. Calls nobody and reads no clock; guarded by its call, which it is a part of
 * so that a call is one object.
 */
abstract class CallState extends CallAttempts {

  private static final Failure LOST = Failure.of(FailureKind.CANCELLED, "HedgeLost");
  private static final Failure LEFT = Failure.of(FailureKind.CANCELLED, "CallerLeft");

  private final long startedAt;

  /** Read by a choice under no lock; null while all are candidates that can do what is needed. */
  private volatile @Nullable Candidates candidates;

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

  /** Noted effects: whether the call closes, and its bill. */
  private boolean closes;

  private Bill bill = Bill.NOTHING;

  CallState(RoutePolicy policy, ModelCall call, long now) {
    super(policy, call, now);
    this.startedAt = now;
  }

  /** The call that this is the state of. */
  abstract RoutedCall self();

  abstract String routeName();

  /** What a target must be able to do for it. */
  abstract Set<Capability> needs();

  /** The route that was asked for, if the caller's plan sent the call over this one. */
  abstract @Nullable String insteadOf();

  final long startedAt() {
    return startedAt;
  }

  final void reserved(Reservation granted) {
    reservation = granted;
  }

  final boolean isOver() {
    return ending != null;
  }

  /** Whether this attempt is under way, no other one, and nobody has won. */
  final boolean isAlone(@Nullable Try attempt) {
    return ending == null
        && !hasWinner()
        && attempt != null
        && asked() == attempt
        && askedBeside() == null;
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
      costs = new Costs(call());
    }
    return costs;
  }

  final Candidates candidates() {
    @Nullable Candidates left = candidates;
    return left == null ? Candidates.with(needs()) : left;
  }

  final void candidates(Candidates left) {
    candidates = left;
  }

  /** The first content of an attempt: whether it may win, or has won. */
  final boolean accept(Try attempt, long now) {
    if (!mayWin(attempt)) {
      return false;
    }
    if (!hasWinner()) {
      commit(attempt, now);
      works(attempt);
    }
    return true;
  }

  private boolean mayWin(Try attempt) {
    return ending == null && (hasWinner() ? isWinner(attempt) : isUnderWay(attempt));
  }

  /** The attempt wins: notes what has to be cleaned up. */
  private void commit(Try attempt, long now) {
    wins(attempt, now);
    retireOthers(attempt, now);
  }

  /** Ends everybody but this attempt; what they cost is charged. */
  private void retireOthers(@Nullable Try but, long now) {
    @Nullable Try one = asked();
    @Nullable Try other = askedBeside();
    if (other != null && other != but) {
      retire(other, now);
    }
    if (one != null && one != but) {
      retire(one, now);
    }
  }

  private void retire(Try loser, long now) {
    leaves(loser);
    @Nullable Usage got = loser.spent(call());
    if (got == null) {
      costs().asked(loser);
    } else {
      costs().received(loser, got);
    }
    ends(loser, Ending.CANCELLED, LOST, null, got, true, now);
  }

  /** An attempt has the whole answer; false when another one won. */
  final boolean answered(Try attempt, @Nullable Usage told, long now) {
    if (!mayWin(attempt)) {
      if (ending == null && told != null && costs != null) {
        costs.corrected(attempt, told);
      }
      return false;
    }
    boolean streamed = isWinner(attempt);
    if (!streamed) {
      commit(attempt, now);
    }
    leaves(attempt);
    @Nullable Usage got = told == null ? attempt.spent(call()) : told;
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
    boolean keep = isWinner(attempt) || failure.kind().keepsReservation();
    @Nullable Usage got = attempt.spent(call());
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
      @Nullable Usage got = attempt.spent(call());
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
    return new CallReport(
        routeName(),
        call().caller(),
        call().streaming(),
        ending == null ? CallReport.Ending.FAILED : ending,
        attemptReports(),
        skipped(),
        ending == null ? null : spent,
        Duration.ofNanos((ending == null ? now : endedAt) - startedAt),
        insteadOf(),
        ending == null && costs != null ? costs.bill() : bill);
  }
}
