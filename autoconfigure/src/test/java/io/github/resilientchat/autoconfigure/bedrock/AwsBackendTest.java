package io.github.resilientchat.autoconfigure.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import io.github.resilientchat.langchain4j.ResilientChatResponse;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Invocation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * {@code resilient.backend=aws}; where calls are made, an account's endpoint is a local Bedrock.
 */
class AwsBackendTest {

  private final BedrockSimulator bedrock = BedrockSimulator.start();
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withUserConfiguration(BothFrameworksApplication.class)
          .withPropertyValues("resilient.backend=aws");

  @AfterEach
  void close() {
    bedrock.close();
  }

  @Test
  void theMinimalFileStartsWithoutCredentials() {
    runner
        .withPropertyValues(
            "resilient.routes.chat.targets=us.anthropic.claude-sonnet-4-6@us-east-1",
            "resilient.routes.chat.fallbacks=us.anthropic.claude-haiku-4-5-20251001-v1:0@us-west-2",
            "resilient.quotas.default.limits=60rpm, 100ktpm")
        .run(
            context ->
                assertThat(context)
                    .hasSingleBean(ResilientChatModel.class)
                    .hasSingleBean(io.github.resilientchat.springai.ResilientChatModel.class)
                    .doesNotHaveBean(BedrockSimulator.class));
  }

  @Test
  void nothingIsSentBeforeTheFirstCallAndThenWithTheAccountsKeys() {
    local()
        .run(
            context -> {
              assertThat(bedrock.invocations()).isEmpty();

              ChatResponse answer =
                  context
                      .getBean(ResilientChatModel.class)
                      .chat(ChatRequest.builder().messages(UserMessage.from("hello")).build());

              assertThat(bedrock.invocations())
                  .singleElement()
                  .extracting(Invocation::account, Invocation::region)
                  .containsExactly("blue", "eu-west-1");
              assertThat(ResilientChatResponse.reportOf(answer).orElseThrow().metadata())
                  .doesNotContainKey("resilient.simulated");
            });
  }

  @Test
  void theLongestAnswerOfAModelIsSentWhenTheRequestSaysNone() {
    local()
        .withPropertyValues("resilient.models.haiku.max-tokens=7")
        .run(
            context -> {
              context.getBean(ResilientChatModel.class).chat("hello");
              CallerScope.callAs(
                  Caller.user("ann"),
                  () ->
                      context
                          .getBean(io.github.resilientchat.springai.ResilientChatModel.class)
                          .call(new Prompt("hello")));

              assertThat(bedrock.invocations())
                  .hasSize(2)
                  .allSatisfy(call -> assertThat(call.outputTokens()).isLessThanOrEqualTo(7));
            });
  }

  @Test
  void aProfileThatDoesNotExistIsNamed() {
    assertThat(
            Startup.refusal(
                runner.withPropertyValues(
                    "resilient.accounts.main.profile=no-such-profile",
                    "resilient.routes.chat.targets=a.b@us-east-1")))
        .contains("resilient.accounts.main.profile=no-such-profile", "no profile");
  }

  private ApplicationContextRunner local() {
    return runner.withPropertyValues(
        "resilient.accounts.blue.access-key=" + BedrockSimulator.accessKey("blue"),
        "resilient.accounts.blue.secret-key=" + BedrockSimulator.secretKey(),
        "resilient.accounts.blue.endpoint=" + bedrock.endpoint(),
        "resilient.models.haiku.id=eu.anthropic.claude-haiku-4-5-20251001-v1:0",
        "resilient.routes.chat.targets=haiku@eu-west-1");
  }
}
