package io.github.resilientchat.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.engine.Engine;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an application that must not start is told. */
class ReportTest {

  @Test
  void allMistakesAreReportedAtOnce() {
    assertThat(
            Startup.refusal(
                "resilient.routes.chat.targets=sonnet, a.b@nowhere, c.d",
                "resilient.routes.batch.timeout=-1s",
                "resilient.quotas.default.limits=lots",
                "resilient.accounts.main.access-key=AKIAX"))
        .contains(
            "resilient.routes.chat.targets=sonnet",
            "a.b@nowhere",
            "c.d",
            "resilient.routes.batch.timeout",
            "resilient.routes.batch.targets",
            "resilient.quotas.default.limits=lots",
            "resilient.accounts.main.secret-key");
  }

  @Test
  void aBeanThatAsksForTheEngineEarlyHidesNothing() {
    assertThat(
            Startup.refusal(
                Startup.runner()
                    .withUserConfiguration(Early.class)
                    .withPropertyValues(
                        "resilient.backend=aws",
                        "resilient.routes.chat.targets=a.b@nowhere",
                        "resilient.quotas.default.limits=lots",
                        "resilient.observability.decisions.keep=-1")))
        .contains(
            "a.b@nowhere",
            "resilient.quotas.default.limits=lots",
            "resilient.observability.decisions.keep=-1");
  }

  @Configuration(proxyBeanMethods = false)
  static class Early {

    @Bean
    String early(Engine engine) {
      return engine.toString();
    }
  }
}
