package io.github.resilientchat.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.engine.ResilientEngineAutoConfiguration;
import io.github.resilientchat.autoconfigure.keys.ResilientKeysAutoConfiguration;
import io.github.resilientchat.autoconfigure.operation.ResilientOperationAutoConfiguration;
import io.github.resilientchat.autoconfigure.quota.ResilientQuotaAutoConfiguration;
import io.github.resilientchat.autoconfigure.route.ResilientRoutesAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Where there is a page, and where there must be none. */
class OnConsoleTest {

  private final WebApplicationContextRunner runner =
      new WebApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  ResilientKeysAutoConfiguration.class,
                  ResilientRoutesAutoConfiguration.class,
                  ResilientQuotaAutoConfiguration.class,
                  ResilientEngineAutoConfiguration.class,
                  ResilientOperationAutoConfiguration.class,
                  ResilientConsoleAutoConfiguration.class))
          .withPropertyValues(
              "spring.main.cloud-platform=none",
              "resilient.routes.chat.targets=a.b@us-east-1",
              "resilient.backend=simulator");

  private void isThere(boolean there, String... properties) {
    runner
        .withPropertyValues(properties)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBeansOfType(Console.class)).hasSize(there ? 1 : 0);
            });
  }

  @Test
  void onByItselfWhereASimulatorAnswersThisMachineAlone() {
    isThere(true, "server.address=127.0.0.1");
    isThere(true, "server.address=localhost");
    isThere(true, "server.address=::1");
    isThere(true, "management.server.port=9", "management.server.address=127.0.0.2");
  }

  @Test
  void offWhereOthersReachItOrNobodySimulates() {
    isThere(false);
    isThere(false, "server.address=0.0.0.0");
    isThere(false, "server.address=127.0.0.1.example.com");
    isThere(false, "server.address=127.0.0.1", "management.server.port=9");
    isThere(false, "server.address=127.0.0.1", "resilient.backend=aws");
    isThere(false, "server.address=127.0.0.1", "resilient.console.enabled=false");
  }

  @Test
  void aMisspeltPropertyIsToldAsSuch() {
    runner
        .withPropertyValues("resilient.console.rol=OPERATOR")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasMessageContaining("resilient.console.rol=(withheld): is not a known")
                    .hasMessageContaining("did you mean 'resilient.console.role'?"));
  }

  @Test
  void withSpringSecurityItIsServedWhereverItIsAskedFor() {
    isThere(true, "resilient.console.enabled=true", "resilient.backend=aws");
  }

  @Test
  void withoutSpringSecurityNobodyElseReachesIt() {
    WebApplicationContextRunner open =
        runner
            .withClassLoader(new FilteredClassLoader("org.springframework.security"))
            .withPropertyValues("resilient.console.enabled=true");
    open.run(
        context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("resilient.console.enabled")
                .hasMessageContaining("server.address=127.0.0.1"));
    open.withPropertyValues("server.address=127.0.0.1")
        .run(
            context -> {
              Console console = context.getBean(Console.class);
              assertThat(console.opensFor(null, "localhost:8080")).isTrue();
              assertThat(console.opensFor(null, "[::1]:8080")).isTrue();
              assertThat(console.opensFor(null, "rebound.example.com:8080")).isFalse();
              assertThat(console.opensFor(null, null)).isFalse();
            });
  }
}
