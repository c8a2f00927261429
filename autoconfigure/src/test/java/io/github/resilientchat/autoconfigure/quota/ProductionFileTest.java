package io.github.resilientchat.autoconfigure.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.PropertiesFile;
import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.Standing;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A file with quotas in money starts, as long as each of its models has prices. */
class ProductionFileTest {

  private final ApplicationContextRunner runner =
      Startup.runner().withInitializer(new PropertiesFile("production.properties"));

  @Test
  void everybodyIsOnThePlanThatTheFileSays() {
    runner.run(
        context -> {
          assertThat(context).hasNotFailed();
          PlanQuotas quotas = (PlanQuotas) context.getBean(CallerQuotas.class);
          Caller pro = new Caller("ann", "acme", Set.of("llm-pro"));
          Caller nightly = Caller.user("svc-nightly");

          assertThat(quotas.standings(pro, "chat"))
              .extracting(ProductionFileTest::text)
              .containsExactly(
                  "pro 300rpm",
                  "pro 500ktpm",
                  "pro 20par",
                  "pro 50usd/d",
                  "tenant 600rpm",
                  "tenant 1mtpm",
                  "tenant 40par",
                  "tenant 200usd/d");
          assertThat(quotas.standings(nightly, "batch"))
              .extracting(ProductionFileTest::text)
              .containsExactly("batch 30rpm", "batch 2mtpm");
          assertThat(quotas.standings(nightly, "chat"))
              .extracting(ProductionFileTest::text)
              .contains("default 5usd/d");
        });
  }

  private static String text(Standing standing) {
    return standing.plan() + " " + standing.limit();
  }

  @Test
  void aTargetThatNobodyHasPricedStopsTheStartByItsName() {
    assertThat(
            Startup.refusal(
                runner.withPropertyValues(
                    "resilient.routes.chat.fallbacks="
                        + "haiku@us-east-1/prod, example.writer-v1:0@us-east-1/prod")))
        .contains(
            "target example.writer-v1:0@us-east-1/prod has no prices",
            "is in money",
            "resilient.models.<name>");
  }
}
