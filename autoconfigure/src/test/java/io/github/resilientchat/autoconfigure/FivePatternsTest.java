package io.github.resilientchat.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Invocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The file of the documentation that sets up the five patterns, on the simulator. */
class FivePatternsTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withUserConfiguration(BothFrameworksApplication.class)
          .withPropertyValues("spring.main.cloud-platform=none")
          .withInitializer(new PropertiesFile("five-patterns.properties"));

  @ParameterizedTest
  @ValueSource(strings = {"cris", "sharded", "fallback", "balanced", "shared"})
  void eachRouteAnswersThroughBothFrameworks(String route) {
    runner.run(
        context -> {
          var langChain4j =
              context.getBean(io.github.resilientchat.langchain4j.ResilientChatModel.class);
          var springAi = context.getBean(io.github.resilientchat.springai.ResilientChatModel.class);
          try (CallerScope ignored = CallerScope.open(Caller.user("ann"))) {
            assertThat(langChain4j.forRoute(route).chat("hello")).isNotBlank();
            assertThat(
                    langChain4j
                        .chat(
                            ChatRequest.builder()
                                .messages(UserMessage.from("hello"))
                                .modelName(route)
                                .build())
                        .aiMessage()
                        .text())
                .isNotBlank();
            assertThat(springAi.forRoute(route).call(new Prompt("hello")).getMetadata())
                .satisfies(
                    metadata -> {
                      assertThat(metadata.<Object>get("resilient.route")).isEqualTo(route);
                      assertThat(metadata.<Object>get("resilient.simulated")).isEqualTo("true");
                    });
          }
        });
  }

  @Test
  void shardingUsesBothAccountsInTurn() {
    runner.run(
        context -> {
          var model = context.getBean(io.github.resilientchat.langchain4j.ResilientChatModel.class);
          CallerScope.callAs(Caller.user("ann"), () -> model.forRoute("sharded").chat("one"));
          CallerScope.callAs(Caller.user("ann"), () -> model.forRoute("sharded").chat("two"));

          assertThat(context.getBean(BedrockSimulator.class).invocations())
              .extracting(Invocation::account)
              .containsExactlyInAnyOrder("main", "second");
        });
  }

  @Test
  void routesTakeTheAccountAndRegionOfTheDefaults() {
    runner.run(
        context -> {
          Route route = context.getBean(ConfiguredRoutes.class).route("balanced");
          assertThat(route.targets())
              .extracting(Target::name)
              .containsExactly(
                  "balanced:sonnet@us-east-1/main",
                  "balanced:haiku@us-east-1/main",
                  "balanced:haiku@us-east-1/main#2");
          assertThat(route.tiers()).hasSize(2);
        });
  }
}
