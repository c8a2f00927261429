package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.core.quota.UsageEvent;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/** What calls under the limits of a plan held and used, told when they are over. Thread-safe. */
final class PlanCounts {

  private final String plan;
  private final LongAdder calls = new LongAdder();
  private final LongAdder reserved = new LongAdder();
  private final LongAdder givenBack = new LongAdder();
  private final LongAdder overrun = new LongAdder();

  PlanCounts(String plan) {
    this.plan = plan;
  }

  void add(UsageEvent event) {
    calls.increment();
    reserved.add(event.reserved());
    long more = event.tokens() - event.reserved();
    (more > 0 ? overrun : givenBack).add(Math.abs(more));
  }

  void bindTo(MeterRegistry registry) {
    FunctionCounter.builder(QuotaMeters.DECISIONS, this, counts -> counts.calls.sum())
        .description(QuotaMeters.WHAT_DECISIONS_ARE)
        .tags("plan", plan, "scope", "all", "limit", "all", "decision", "allowed")
        .register(registry);
    tokens(
        "resilient.quota.reserved",
        "Tokens that limits held for calls while they ran",
        counts -> counts.reserved.sum(),
        registry);
    tokens(
        "resilient.quota.reconciled",
        "Tokens that were held for calls and not used, so that they were given back",
        counts -> counts.givenBack.sum(),
        registry);
    tokens(
        "resilient.quota.overrun",
        "Tokens that calls used beyond what was held for them",
        counts -> counts.overrun.sum(),
        registry);
  }

  private void tokens(
      String name, String what, ToDoubleFunction<PlanCounts> count, MeterRegistry registry) {
    FunctionCounter.builder(name, this, count)
        .description(what)
        .baseUnit("tokens")
        .tag("plan", plan)
        .register(registry);
  }
}
