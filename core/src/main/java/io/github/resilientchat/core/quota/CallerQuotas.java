package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.ModelCall;

/** Decides whether a caller may make a call, before any target is looked at. Thread-safe. */
@FunctionalInterface
public interface CallerQuotas {

  Admission admit(ModelCall call);

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

  /** No quotas: everybody may call. */
  static CallerQuotas unlimited() {
    return Unlimited.INSTANCE;
  }
}
