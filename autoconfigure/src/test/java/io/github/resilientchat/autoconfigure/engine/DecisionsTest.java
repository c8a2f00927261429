package io.github.resilientchat.autoconfigure.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.DecisionLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** What can be seen of calls afterwards. */
class DecisionsTest {

  private final ApplicationContextRunner runner =
      Startup.runner()
          .withPropertyValues(
              "resilient.backend=aws", "resilient.routes.chat.targets=a.b@us-east-1");

  private static void call(ApplicationContext context) {
    ModelCall call = ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(1, 1));
    Engine engine = context.getBean(Engine.class);
    Attempt attempt =
        (Attempt) engine.router(context.getBean(ConfiguredRoutes.class).route("chat")).begin(call);
    attempt.completed(Usage.of(1, 1));
  }

  @Test
  void theLastTwoHundredDecisionsAreKept() {
    runner.run(
        context -> {
          for (int i = 0; i < 210; i++) {
            call(context);
          }
          assertThat(context.getBean(DecisionLog.class).recent()).hasSize(200);
        });
  }

  @Test
  void howManyAreKeptIsConfigured() {
    runner
        .withPropertyValues("resilient.observability.decisions.keep=3")
        .run(
            context -> {
              for (int i = 0; i < 5; i++) {
                call(context);
              }
              assertThat(context.getBean(DecisionLog.class).recent()).hasSize(3);
            });
  }

  @Test
  void zeroKeepsNone() {
    runner
        .withPropertyValues("resilient.observability.decisions.keep=0")
        .run(
            context -> {
              assertThat(context).hasNotFailed().doesNotHaveBean(DecisionLog.class);
              call(context);
            });
  }

  @ParameterizedTest
  @CsvSource({"-1, must not be negative, 0 to keep none", "many, is not a whole number, write a"})
  void aNumberThatCannotBeIsRefused(String keep, String problem, String fix) {
    String property = "resilient.observability.decisions.keep=" + keep;

    assertThat(Startup.refusal(runner.withPropertyValues(property)))
        .contains(property, problem, fix);
  }

  @Test
  void anApplicationsOwnLogReplacesOursAndIsTold() {
    DecisionLog own = new DecisionLog(1);
    runner
        .withBean(DecisionLog.class, () -> own)
        .run(
            context -> {
              call(context);
              assertThat(context.getBean(DecisionLog.class)).isSameAs(own);
              assertThat(own.recent()).hasSize(1);
            });
  }

  @Test
  void breakersAppearInTheApplicationsRegistryByPlace() {
    CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
    runner
        .withBean(CircuitBreakerRegistry.class, () -> registry)
        .withPropertyValues(
            "resilient.accounts.main=",
            "resilient.models.sonnet.id=c.d",
            "resilient.routes.chat.targets=sonnet@us-west-2/main(3rpm)")
        .run(
            context -> {
              call(context);
              assertThat(registry.getAllCircuitBreakers())
                  .extracting(CircuitBreaker::getName)
                  .containsExactlyInAnyOrder("c.d@us-west-2/main", "c.d@us-west-2/main streaming");
            });
  }
}
