package io.github.resilientchat.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Route;
import io.github.resilientchat.core.Target;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EnvironmentVariablesTest {

  private final ApplicationContextRunner runner =
      Startup.runner()
          .withPropertyValues(
              "resilient.backend=aws",
              "resilient.routes.chat.targets=a.b@us-east-1",
              "resilient.routes.chat.timeout=60s");

  @Test
  void aVariableOverridesALeafOfARoute() {
    Startup.withVariables(runner, Map.of("RESILIENT_ROUTES_CHAT_TIMEOUT", "7s"))
        .run(
            context ->
                assertThat(chat(context.getBean(ConfiguredRoutes.class)).policy().timeout())
                    .isEqualTo(Duration.ofSeconds(7)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"RESILIENT_ROUTES_CHAT_ATTEMPT_TIMEOUT", "RESILIENT_ROUTES_CHAT_ATTEMPTTIMEOUT"})
  void aDashIsWrittenAsAnUnderscoreOrNotAtAll(String variable) {
    Startup.withVariables(runner, Map.of(variable, "7s"))
        .run(
            context ->
                assertThat(chat(context.getBean(ConfiguredRoutes.class)).policy().attemptTimeout())
                    .isEqualTo(Duration.ofSeconds(7)));
  }

  @Test
  void aListIsReplacedAsAWhole() {
    Startup.withVariables(
            runner,
            Map.of("RESILIENT_ROUTES_CHAT_TARGETS", "c.d@us-west-2(1rpm,2tpm), e.f@us-west-2"))
        .run(
            context ->
                assertThat(chat(context.getBean(ConfiguredRoutes.class)).targets())
                    .extracting(Target::name)
                    .containsExactly("chat:c.d@us-west-2/default", "e.f@us-west-2/default"));
  }

  @ParameterizedTest
  @CsvSource({
    "RESILIENT_ROUTES_CHAT_TIMEOUTS, did you mean 'resilient.routes.chat.timeout'?",
    "RESILIENT_DEFAULTS_ATEMPT_TIMEOUT, did you mean 'resilient.defaults.attempt-timeout'?",
    "RESILIENT_ACCOUNTS_MAIN_ROLE_ARN, not supported by this version",
    "RESILIENT_BACKENDS, did you mean 'resilient.backend'?",
    "RESILIENT_ROUTES_CHAT, group of properties"
  })
  void anUnknownVariableStopsTheApplication(String variable, String fix) {
    assertThat(Startup.refusal(Startup.withVariables(runner, Map.of(variable, "7s"))))
        .contains(fix);
  }

  @Test
  void aVariableForARouteThatDoesNotExistIsNoGhost() {
    assertThat(
            Startup.refusal(
                Startup.withVariables(runner, Map.of("RESILIENT_ROUTES_BATCH_TIMEOUT", "7s"))))
        .contains("resilient.routes.batch.targets", "the route has no target");
  }

  private static Route chat(ConfiguredRoutes routes) {
    return routes.route("chat");
  }
}
