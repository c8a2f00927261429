package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.quota.LimitLedger;
import io.github.resilientchat.core.quota.Reservation;
import io.github.resilientchat.core.route.Target;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps calls within the limits that a target is configured with, counting tokens as Bedrock does:
 * input and the longest possible answer before the call, input, cache writes and output times the
 * model's burndown after it.
 */
public final class TargetLimits implements Gate {

  private final Ticker ticker;
  private final Map<String, LimitLedger> byTarget = new ConcurrentHashMap<>();

  public TargetLimits(Ticker ticker) {
    this.ticker = ticker;
  }

  @Override
  public Entry tryEnter(ModelCall call, Target target) {
    if (target.limits().isEmpty()) {
      return Permit.FREE;
    }
    LimitLedger.Decision decision = ledgerOf(target).tryReserve(call.estimate().total());
    if (decision instanceof LimitLedger.Full full) {
      return new Refusal("over " + full.limit(), full.retryAfter(), Refusal.Reason.ROOM);
    }
    return permit((Reservation) decision, target.traits().outputBurndown());
  }

  /** The ledger that holds a target's limits; made on first use. */
  public LimitLedger ledgerOf(Target target) {
    LimitLedger known = byTarget.get(target.name());
    if (known != null) {
      return known;
    }
    LimitLedger made = new LimitLedger(target.limits(), ticker);
    LimitLedger first = byTarget.putIfAbsent(target.name(), made);
    return first == null ? made : first;
  }

  private static Permit permit(Reservation reservation, int burndown) {
    return outcome -> {
      if (outcome.usage() != null) {
        reservation.settle(outcome.usage().counted(burndown));
      } else if (outcome.keepsTokens()) {
        reservation.keep();
      } else {
        reservation.giveBack();
      }
    };
  }
}
