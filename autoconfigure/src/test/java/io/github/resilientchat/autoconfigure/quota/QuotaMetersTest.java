package io.github.resilientchat.autoconfigure.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Newcomers that share an account are seen, and none of them is a tag. */
class QuotaMetersTest {

  private final ApplicationContextRunner runner =
      Startup.runner()
          .withConfiguration(AutoConfigurations.of(ResilientQuotaMetersAutoConfiguration.class))
          .withPropertyValues(
              "resilient.backend=aws", "resilient.routes.chat.targets=a.b@us-east-1");

  @Test
  void callsOnTheSharedAccountAreCountedByScopeAndPlan() {
    runner
        .withPropertyValues("resilient.quotas.default.limits=10rpm", "resilient.store.max-keys=3")
        .run(
            context -> {
              MeterRegistry registry = new SimpleMeterRegistry();
              context.getBeansOfType(MeterBinder.class).values().forEach(it -> it.bindTo(registry));
              CallerQuotas quotas = context.getBean(CallerQuotas.class);

              for (int user = 0; user < 8; user++) {
                quotas.admit(
                    ModelCall.blocking(Caller.user("user" + user), new TokenEstimate(1, 1)));
              }

              assertThat(
                      registry
                          .get("resilient.quota.overflow")
                          .tags("scope", "user", "plan", "default")
                          .counter()
                          .count())
                  .isEqualTo(5);
              assertThat(registry.get("resilient.quota.accounts").gauge().value()).isEqualTo(3);
              assertThat(registry.getMeters())
                  .flatExtracting(meter -> meter.getId().getTags())
                  .noneMatch(tag -> tag.getValue().startsWith("user0"));
            });
  }

  private static double decisions(MeterRegistry registry, String... tags) {
    return registry.get("resilient.quota.decisions").tags(tags).functionCounters().stream()
            .mapToDouble(FunctionCounter::count)
            .sum()
        + registry.find("resilient.quota.decisions").tags(tags).counters().stream()
            .mapToDouble(Counter::count)
            .sum();
  }

  @Test
  void whatLimitsDecideAndWhatCallsUseOfThemIsCountedByPlan() {
    runner
        .withPropertyValues("resilient.quotas.default.limits=2rpm, 1000tpm")
        .run(
            context -> {
              MeterRegistry registry = new SimpleMeterRegistry();
              context.getBeansOfType(MeterBinder.class).values().forEach(it -> it.bindTo(registry));
              CallerQuotas quotas = context.getBean(CallerQuotas.class);
              ModelCall call = ModelCall.blocking(Caller.user("ann"), new TokenEstimate(100, 100));

              settle(quotas.admit(call), Usage.of(20, 10));
              settle(quotas.admit(call), Usage.of(200, 150));
              assertThat(quotas.admit(call)).isInstanceOf(Admission.Refused.class);

              assertThat(decisions(registry, "decision", "allowed", "plan", "default"))
                  .isEqualTo(2);
              assertThat(
                      registry
                          .get("resilient.quota.decisions")
                          .tags("decision", "rejected", "plan", "default")
                          .tags("scope", "user", "limit", "2rpm")
                          .counter()
                          .count())
                  .isEqualTo(1);
              assertThat(tokens(registry, "reserved")).isGreaterThanOrEqualTo(200);
              assertThat(tokens(registry, "reconciled")).isPositive();
              assertThat(tokens(registry, "overrun")).isPositive();
              assertThat(
                      tokens(registry, "reserved")
                          - tokens(registry, "reconciled")
                          + tokens(registry, "overrun"))
                  .as("what was used")
                  .isEqualTo(380);
            });
  }

  private static double tokens(MeterRegistry registry, String what) {
    return registry.get("resilient.quota." + what).tag("plan", "default").functionCounter().count();
  }

  private static void settle(Admission admission, Usage used) {
    assertThat(admission).isInstanceOf(Admission.Granted.class);
    ((Admission.Granted) admission).reservation().settle(used.input() + used.output());
  }

  @Test
  void callThatWaitsIsCountedOnceHoweverOftenItAsks() {
    runner
        .withPropertyValues(
            "resilient.quotas.default.limits=1rpm",
            "resilient.quotas.on-exceeded=wait",
            "resilient.quotas.max-wait=10m")
        .run(
            context -> {
              MeterRegistry registry = new SimpleMeterRegistry();
              context.getBeansOfType(MeterBinder.class).values().forEach(it -> it.bindTo(registry));
              CallerQuotas quotas = context.getBean(CallerQuotas.class);
              ModelCall call = ModelCall.blocking(Caller.user("ann"), new TokenEstimate(1, 1));
              quotas.admit(call);

              Admission waits = quotas.admit(call);
              for (int again = 0; again < 3; again++) {
                waits = ((Admission.Later) waits).turn().again();
              }

              assertThat(
                      registry.get("resilient.quota.decisions").tag("decision", "waited").counter())
                  .satisfies(counter -> assertThat(counter.count()).isEqualTo(1));
            });
  }

  @Test
  void metersAreNoReasonToHaveQuotas() {
    runner.run(
        context ->
            assertThat(context.getBean(CallerQuotas.class)).isSameAs(CallerQuotas.unlimited()));
  }

  @Test
  void withoutMicrometerThereAreNone() {
    runner
        .withClassLoader(new FilteredClassLoader(MeterBinder.class))
        .withPropertyValues("resilient.quotas.default.limits=10rpm")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context).doesNotHaveBean("resilientQuotaMeters");
            });
  }
}
