package io.github.resilientchat.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.resilientchat.autoconfigure.bedrock.ResilientBedrockAutoConfiguration;
import io.github.resilientchat.autoconfigure.engine.ResilientEngineAutoConfiguration;
import io.github.resilientchat.autoconfigure.engine.ResilientObservationAutoConfiguration;
import io.github.resilientchat.autoconfigure.identity.ResilientIdentityAutoConfiguration;
import io.github.resilientchat.autoconfigure.keys.ResilientKeysAutoConfiguration;
import io.github.resilientchat.autoconfigure.langchain4j.ResilientLangChain4jAutoConfiguration;
import io.github.resilientchat.autoconfigure.quota.ResilientQuotaAutoConfiguration;
import io.github.resilientchat.autoconfigure.route.ResilientRoutesAutoConfiguration;
import io.github.resilientchat.autoconfigure.simulator.ResilientSimulatorAutoConfiguration;
import io.github.resilientchat.autoconfigure.springai.ResilientSpringAiAutoConfiguration;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import io.github.resilientchat.langchain4j.ResilientStreamingChatModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

/**
 * A second provider's starter on the class path, whose auto-configuration comes first by the
 * alphabet: protection is never switched off in silence.
 */
@ExtendWith(OutputCaptureExtension.class)
class OtherProviderTest {

  /** As LangChain4j's OpenAI starter: the same bean's name, and no word on the order. */
  @AutoConfiguration(before = ResilientLangChain4jAutoConfiguration.class)
  static class OtherProvider {
    @Bean
    ChatModel openAiChatModel() {
      return new ChatModel() {
        @Override
        public ChatResponse doChat(ChatRequest request) {
          return ChatResponse.builder().aiMessage(AiMessage.from("another provider")).build();
        }
      };
    }
  }

  @AutoConfiguration(before = ResilientSpringAiAutoConfiguration.class)
  static class OtherSpringAiProvider {
    @Bean
    org.springframework.ai.chat.model.ChatModel openAiChatModel() {
      return new CannedModel();
    }
  }

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withPropertyValues("spring.main.cloud-platform=none")
          .withConfiguration(
              AutoConfigurations.of(
                  ResilientKeysAutoConfiguration.class,
                  ResilientRoutesAutoConfiguration.class,
                  ResilientQuotaAutoConfiguration.class,
                  ResilientIdentityAutoConfiguration.class,
                  ResilientEngineAutoConfiguration.class,
                  ResilientObservationAutoConfiguration.class,
                  ResilientSimulatorAutoConfiguration.class,
                  ResilientBedrockAutoConfiguration.class,
                  ResilientLangChain4jAutoConfiguration.class,
                  ResilientSpringAiAutoConfiguration.class));

  @Test
  void withQuotasTheStartFailsAndSaysBothWaysOut() {
    for (Class<?> other : new Class<?>[] {OtherProvider.class, OtherSpringAiProvider.class}) {
      String refusal =
          Startup.refusal(
              runner
                  .withPropertyValues("resilient.quotas.default.limits=2rpm")
                  .withConfiguration(AutoConfigurations.of(other)));

      assertThat(refusal)
          .contains(
              "ChatModel bean 'openAiChatModel'",
              "its calls pass every quota",
              "spring.autoconfigure.exclude",
              "resilient.quotas.other-models=allow");
    }
  }

  @Test
  void withQuotasAndAWordItStartsAndSaysSo(CapturedOutput output) {
    runner
        .withPropertyValues(
            "resilient.quotas.default.limits=2rpm", "resilient.quotas.other-models=allow")
        .withConfiguration(AutoConfigurations.of(OtherProvider.class))
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context).doesNotHaveBean(ResilientChatModel.class);
              assertThat(output)
                  .contains("ChatModel bean 'openAiChatModel'", "other-models=allow says");
            });
  }

  @Test
  void withoutQuotasItIsSaidAtTheStart(CapturedOutput output) {
    runner
        .withConfiguration(AutoConfigurations.of(OtherProvider.class))
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBean(StreamingChatModel.class))
                  .isInstanceOf(ResilientStreamingChatModel.class);
              assertThat(output)
                  .contains(
                      "ChatModel bean 'openAiChatModel'", "no route, fallback or quota holds");
            });
  }

  @Test
  void ownModelsAreNoNews(CapturedOutput output) {
    runner
        .withPropertyValues("resilient.quotas.default.limits=2rpm")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output).doesNotContain("is not this library's");
            });
  }
}
