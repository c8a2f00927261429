package io.github.resilientchat.autoconfigure.metrics;

import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * Measures calls once they are over, in every registry that it is bound to. Made before the
 * registries are, so that the engine needs none of them.
 */
final class CallMeters implements RouteListener, MeterBinder {

  private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();
  private final List<BiConsumer<CallReport, MeterRegistry>> parts;

  CallMeters(List<BiConsumer<CallReport, MeterRegistry>> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    if (!registries.contains(registry)) {
      registries.add(registry);
    }
  }

  @Override
  public void onCall(CallReport report) {
    for (MeterRegistry registry : registries) {
      if (registry.isClosed()) {
        registries.remove(registry);
      } else {
        parts.forEach(part -> part.accept(report, registry));
      }
    }
  }
}
