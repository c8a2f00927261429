package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Ticker;

/** Decides whether a caller may make a call, before any target is looked at. Thread-safe. */
@FunctionalInterface
public interface CallerQuotas {

  Admission admit(ModelCall call);

  /**
   * The same at a moment of the ticker that the quotas were {@linkplain #over(Tariff, Scarcity,
   * Ticker) bound} with, so that those which go by it need not read it again.
   */
  default Admission admit(ModelCall call, long now) {
    return admit(call);
  }

  /**
   * The same quotas, for calls over a route. Asked once, when the route is set up.
   *
   * @throws IllegalArgumentException if the route cannot be held to them, such as targets without
   *     prices to a limit in money
   */
  default CallerQuotas over(Tariff tariff) {
    return this;
  }

  /**
   * The same, for quotas that share what a scarce route has left.
   *
   * @param scarcity tells how near the route's targets are to their limits
   */
  default CallerQuotas over(Tariff tariff, Scarcity scarcity) {
    return over(tariff);
  }

  /**
   * The same, for an engine that goes by this ticker.
   *
   * @param ticker what the moments said to {@link #admit(ModelCall, long)} and {@link
   *     Reservation#settle(Bill, long)} are of
   */
  default CallerQuotas over(Tariff tariff, Scarcity scarcity, Ticker ticker) {
    return over(tariff, scarcity);
  }

  /** No quotas: everybody may call. */
  static CallerQuotas unlimited() {
    return Unlimited.INSTANCE;
  }
}
