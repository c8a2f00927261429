package io.github.resilientchat.streaming;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.LimitLedger;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.Reservation;
import java.time.Duration;

/**
 * The caller's account: one call at a time, so that a reservation that is not given back shows, and
 * more tokens than any call needs, which never refill, so that what is left tells the charge.
 */
final class Account implements CallerQuotas {

  /** Whoever else uses the engine, on nobody's account. */
  static final Caller OTHERS = Caller.user("others");

  private static final Limits LIMITS = Limits.parse("1par 1mtpd");
  private static final long TOKENS = 1_000_000;

  private volatile LimitLedger ledger = fresh();
  private volatile TokenEstimate estimate;

  @Override
  public Admission admit(ModelCall call) {
    if (call.caller().equals(OTHERS)) {
      return Admission.Unlimited.INSTANCE;
    }
    estimate = call.estimate();
    return ledger.tryReserve(call.estimate().total()) instanceof Reservation reservation
        ? new Admission.Granted(reservation)
        : new Admission.Refused("contract", "1par", Duration.ofSeconds(1));
  }

  /** Of the last call. */
  TokenEstimate estimate() {
    return estimate;
  }

  long charged() {
    return TOKENS - ledger.remainingTokens().orElseThrow();
  }

  /** Reservations that are still open. */
  long reserved() {
    return ledger.running();
  }

  void clear() {
    ledger = fresh();
  }

  private static LimitLedger fresh() {
    return new LimitLedger(LIMITS, () -> 0);
  }
}
