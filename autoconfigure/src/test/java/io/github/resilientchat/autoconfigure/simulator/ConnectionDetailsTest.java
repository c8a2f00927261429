package io.github.resilientchat.autoconfigure.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.app.Assistant;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Invocation;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.FileSystemResource;

/** A Bedrock that a test started answers for an application whose own file names AWS. */
class ConnectionDetailsTest {

  @Test
  void theCompanysFileRunsWithoutAChangedLine() {
    try (BedrockSimulator simulator = BedrockSimulator.start()) {
      new ApplicationContextRunner()
          .withUserConfiguration(BothFrameworksApplication.class)
          .withInitializer(
              context -> {
                try {
                  new PropertiesPropertySourceLoader()
                      .load("platform", new FileSystemResource("../docs/platform.properties"))
                      .forEach(context.getEnvironment().getPropertySources()::addLast);
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              })
          .withPropertyValues("spring.main.cloud-platform=none")
          .withBean(SimulatorConnection.class, () -> new SimulatorConnection(simulator))
          .run(
              context -> {
                String answer =
                    CallerScope.callAs(
                        Caller.user("ada"), () -> context.getBean(Assistant.class).chat("Hello"));

                assertThat(answer).isNotBlank();
                assertThat(simulator.invocations())
                    .singleElement()
                    .extracting(Invocation::account)
                    .isEqualTo("prod");
              });
    }
  }
}
