package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.core.quota.Scope;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Counts calls on the accounts that newcomers share, in every registry that it is bound to. Callers
 * are no tags.
 */
final class QuotaMeters implements BuiltInListener, MeterBinder {

  static final String OVERFLOW = "resilient.quota.overflow";
  static final String ACCOUNTS = "resilient.quota.accounts";

  private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

  @Override
  public void bindTo(MeterRegistry registry) {
    if (!registries.contains(registry)) {
      registries.add(registry);
    }
  }

  @Override
  public void onOverflow(Scope scope, String plan) {
    for (MeterRegistry registry : registries) {
      if (registry.isClosed()) {
        registries.remove(registry);
      } else {
        Counter.builder(OVERFLOW)
            .description("Calls on an account that newcomers share, for want of accounts")
            .tag("scope", scope.toString())
            .tag("plan", plan)
            .register(registry)
            .increment();
      }
    }
  }
}
