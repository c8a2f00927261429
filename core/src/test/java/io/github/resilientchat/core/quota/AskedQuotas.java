package io.github.resilientchat.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.VirtualClock;
import java.util.List;

/** Quotas at times that a test sets, and calls that ask them. */
abstract class AskedQuotas {

  static final Prices PRICES = new Prices(1, 5);

  final VirtualClock clock = new VirtualClock();

  final PlanQuotas.Builder quotas(QuotaListener listener) {
    return PlanQuotas.builder().ticker(clock).clock(clock).listener(listener);
  }

  static CallerQuotas over(PlanQuotas quotas, String route) {
    return quotas.over(new Tariff(route, PRICES, List.of()));
  }

  static ModelCall call(Caller caller, long tokens) {
    return ModelCall.blocking(caller, new TokenEstimate(tokens, 0));
  }

  static ModelCall call(String user) {
    return call(Caller.user(user), 1);
  }

  static Reservation granted(Admission admission) {
    assertThat(admission).isInstanceOf(Admission.Granted.class);
    return ((Admission.Granted) admission).reservation();
  }
}
