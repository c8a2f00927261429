package io.github.resilientchat.autoconfigure.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.report.DecisionLog;
import io.github.resilientchat.core.route.HedgePolicy;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
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
    "RESILIENT_OBSERVABILITY_TENANT_TAG, not supported by this version",
    "RESILIENT_BACKENDS, did you mean 'resilient.backend'?",
    "RESILIENT_ROUTES_CHAT, group of properties"
  })
  void anUnknownVariableStopsTheApplication(String variable, String fix) {
    assertThat(Startup.refusal(Startup.withVariables(runner, Map.of(variable, "7s"))))
        .contains(fix);
  }

  @Test
  void newerLeavesHaveVariablesToo() {
    Map<String, Object> variables =
        Map.of(
            "RESILIENT_ROUTES_CHAT_RETRY_BUDGETPERCENT", "30",
            "RESILIENT_ROUTES_CHAT_HEDGE_AFTER", "2s",
            "RESILIENT_DEFAULTS_HEDGE_MAX_PERCENT", "4",
            "RESILIENT_ROUTES_CHAT_STRATEGY", "least-busy",
            "RESILIENT_MODELS_SONNET_ID", "c.d",
            "RESILIENT_MODELS_SONNET_INPUT_PRICE", "3.3",
            "RESILIENT_MODELS_SONNET_OUTPUTPRICE", "16.5",
            "RESILIENT_ROUTES_CHAT_FALLBACKS", "sonnet@us-east-1",
            "RESILIENT_OBSERVABILITY_DECISIONS_KEEP", "0");
    Startup.withVariables(runner, variables)
        .run(
            context -> {
              Route chat = chat(context.getBean(ConfiguredRoutes.class));
              assertThat(chat.policy().retry().budgetPercent()).isEqualTo(30);
              assertThat(chat.policy().hedge())
                  .isEqualTo(new HedgePolicy(Duration.ofSeconds(2), 4));
              assertThat(chat.targets().get(1).traits().prices()).isEqualTo(new Prices(3.3, 16.5));
              assertThat(context).doesNotHaveBean(DecisionLog.class);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "RESILIENT_SERVICE_HOST, 10.0.0.1",
    "RESILIENT_SERVICE_PORT, 80",
    "RESILIENT_SERVICE_PORT_HTTP, 80",
    "RESILIENT_PORT, tcp://10.0.0.1:80",
    "RESILIENT_PORT_80_TCP, tcp://10.0.0.1:80",
    "RESILIENT_PORT_80_TCP_PROTO, tcp",
    "RESILIENT_PORT_80_TCP_ADDR, 10.0.0.1",
    "RESILIENT_CHAT_SERVICE_HOST, 10.0.0.1",
    "RESILIENT_CHAT_PORT, tcp://10.0.0.1:80",
    "RESILIENT_CHAT_PORT_80_TCP_PORT, 80",
    "RESILIENT_ROUTES_SERVICE_HOST, 10.0.0.1",
    "RESILIENT_ROUTES_SERVICE_PORT_HTTP, 80",
    "RESILIENT_ROUTES_PORT, tcp://10.0.0.1:80",
    "RESILIENT_ROUTES_PORT_80_TCP, tcp://10.0.0.1:80",
    "RESILIENT_ROUTES_CHAT_PORT, tcp://10.0.0.1:80",
    "RESILIENT_ACCOUNTS_PORT, tcp://10.0.0.1:80",
    "RESILIENT_BACKEND_PORT, tcp://10.0.0.1:80",
    "RESILIENT_PROXY_PORT, tcp://10.0.0.1:80",
    "RESILIENT_PROXY_SERVICE_HOST, 10.0.0.1",
    "RESILIENT_SIMULATOR_PORT, tcp://10.0.0.1:80"
  })
  void whatKubernetesSaysOfAServiceIsNoKeyOfOurs(String variable, String value) {
    Startup.withVariables(runner, Map.of(variable, value))
        .run(context -> assertThat(context).hasNotFailed());
  }

  @ParameterizedTest
  @CsvSource({
    "RESILIENT_CHAT_PORT, 80",
    "RESILIENT_SERVICE_HOSTS, 10.0.0.1",
    "RESILIENT_ROUTES_CHAT_TIMEOUTS, 10s"
  })
  void otherVariablesThatLookAlikeAreUnknown(String variable, String value) {
    assertThat(Startup.refusal(Startup.withVariables(runner, Map.of(variable, value))))
        .contains("not a known property");
  }

  @Test
  void aPropertyOfSuchANameIsUnknown() {
    assertThat(Startup.refusal(runner.withPropertyValues("resilient.service.host=10.0.0.1")))
        .contains("resilient.service.host=(withheld)", "not a known property");
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
