package io.github.resilientchat.autoconfigure.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.springai.ResilientChatModel;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** An application that has a starter, and not the simulator's dependency. */
class WithoutSimulatorTest {

  private static final String[] AWS = {
    "resilient.backend=aws", "resilient.routes.chat.targets=a.b@us-east-1"
  };
  private static final String[] BOTH_WAYS_OUT = {
    "set resilient.backend=aws and a route, such as resilient.routes.chat.targets=",
    "add the dependency io.github.resilientchat:resilient-bedrock-simulator in test scope",
    "mvn spring-boot:test-run",
    "in a Maven profile for development"
  };

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withUserConfiguration(BothFrameworksApplication.class)
          .withPropertyValues("spring.main.cloud-platform=none")
          .withClassLoader(
              new FilteredClassLoader("io.github.resilientchat.simulator", "io.vertx"));

  @Test
  void withoutAnyPropertyBothWaysOutAreNamed() {
    assertThat(Startup.refusal(runner))
        .contains("resilient.backend\n", "is not set, and nobody else answers")
        .contains(BOTH_WAYS_OUT);
  }

  @Test
  void theSimulatorAsBackendIsRefusedWithBothWaysOut() {
    assertThat(Startup.refusal(runner.withPropertyValues("resilient.backend=simulator")))
        .contains(
            "resilient.backend=simulator", "needs the simulator, which is not on the class path")
        .contains(BOTH_WAYS_OUT);
  }

  @Test
  void settingsOfTheSimulatorAreRefusedWhoeverAnswers() {
    assertThat(
            Startup.refusal(
                runner
                    .withPropertyValues(AWS)
                    .withPropertyValues(
                        "resilient.simulator.latency=80ms", "resilient.simulator.port=0")))
        .contains(
            "resilient.simulator.latency=80ms",
            "resilient.simulator.port=0",
            "configures the simulator, which is not on the class path",
            "io.github.resilientchat:resilient-bedrock-simulator",
            "remove the property");
  }

  @Test
  void placesWithoutABackendAreNotMistakenForEither() {
    assertThat(
            Startup.refusal(
                runner.withPropertyValues("resilient.routes.chat.targets=a.b@us-east-1")))
        .contains(
            "resilient.backend",
            "is not set, though resilient.routes is",
            "add resilient.backend=aws",
            "io.github.resilientchat:resilient-bedrock-simulator");
  }

  @Test
  void onACloudPlatformOnlyAwsIsAdvised() {
    assertThat(
            Startup.refusal(runner.withPropertyValues("spring.main.cloud-platform=cloud_foundry")))
        .contains("CLOUD_FOUNDRY", "set resilient.backend=aws")
        .doesNotContain("resilient-bedrock-simulator");
  }

  @Test
  void awsAnswersThroughBothFrameworks() {
    runner
        .withPropertyValues(AWS)
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(ChatModel.class)
                    .hasSingleBean(ResilientChatModel.class)
                    .doesNotHaveBean("bedrockSimulator")
                    .doesNotHaveBean("resilientStandIn"));
  }
}
