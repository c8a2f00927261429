package io.github.resilientchat.autoconfigure.metrics;

import io.github.resilientchat.autoconfigure.operation.ReloadCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** What came of properties that were read again. */
record ReloadMeters(ReloadCounts counts) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    counter("changed", ReloadCounts::changed, registry);
    counter("same", ReloadCounts::same, registry);
    counter("refused", ReloadCounts::refused, registry);
  }

  private void counter(
      String outcome, ToDoubleFunction<ReloadCounts> count, MeterRegistry registry) {
    FunctionCounter.builder(MeterNames.RELOADS, counts, count)
        .description("Times that the properties of routes and quotas were read again")
        .tag("outcome", outcome)
        .register(registry);
  }
}
