package io.github.resilientchat.autoconfigure.metrics;

import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.StoreState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** What {@code resilient.store.*} says of the store that instances share, if there is one. */
record StoreMeters(PlanQuotas quotas) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    if (quotas.store().isEmpty()) {
      return;
    }
    Gauge.builder(MeterNames.STORE_AWAY, quotas, of(state -> state.away() ? 1 : 0))
        .description("1 while the store of quotas cannot be asked")
        .register(registry);
    Gauge.builder(MeterNames.STORE_UNTOLD, quotas, of(StoreState::untold))
        .description("Calls that are over, of which the store does not know yet what they used")
        .register(registry);
    counter(MeterNames.STORE_ASKED, "Questions for a call", StoreState::asked, registry);
    counter(
        MeterNames.STORE_UNANSWERED,
        "Questions that were not answered in time",
        StoreState::unanswered,
        registry);
    counter(
        MeterNames.STORE_LOST,
        "Calls of which the store will never know what they used",
        StoreState::lost,
        registry);
  }

  private void counter(
      String name, String what, ToDoubleFunction<StoreState> count, MeterRegistry registry) {
    FunctionCounter.builder(name, quotas, of(count)).description(what).register(registry);
  }

  private static ToDoubleFunction<PlanQuotas> of(ToDoubleFunction<StoreState> figure) {
    return quotas -> quotas.store().map(state -> figure.applyAsDouble(state)).orElse(0.0);
  }
}
