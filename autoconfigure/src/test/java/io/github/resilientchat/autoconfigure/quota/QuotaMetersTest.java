package io.github.resilientchat.autoconfigure.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.quota.CallerQuotas;
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
