package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.bedrock.BedrockChatResponseMetadata;
import dev.langchain4j.model.bedrock.BedrockTokenUsage;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.resilientchat.core.report.CallReport;
import org.junit.jupiter.api.Test;

class ResilientChatResponseTest {

  private final ChatResponse provider =
      ChatResponse.builder()
          .aiMessage(AiMessage.from("hi"))
          .metadata(
              BedrockChatResponseMetadata.builder()
                  .id("request-1")
                  .modelName("model-a")
                  .tokenUsage(BedrockTokenUsage.builder().inputTokenCount(1).build())
                  .build())
          .build();
  private final ChatResponse answer =
      ResilientChatModel.builder()
          .target("a", ScriptedModel.named("model-a").then(request -> provider))
          .build()
          .chat(Answers.hello());

  @Test
  void keepsTheProvidersMessageAndMetadata() {
    assertThat(answer.aiMessage()).isSameAs(provider.aiMessage());
    assertThat(answer.metadata()).isSameAs(provider.metadata());
    assertThat(answer.id()).isEqualTo("request-1");
  }

  @Test
  void copyKeepsTheReport() {
    ChatResponse copy = answer.toBuilder().aiMessage(AiMessage.from("HI")).build();

    assertThat(copy.aiMessage().text()).isEqualTo("HI");
    assertThat(copy.metadata()).isSameAs(provider.metadata());
    assertThat(ResilientChatResponse.reportOf(copy))
        .isEqualTo(ResilientChatResponse.reportOf(answer))
        .map(CallReport::route)
        .contains("default");
  }

  @Test
  void equalsAnAnswerWithTheSameMessageAndMetadata() {
    assertThat(answer.toBuilder().build()).isEqualTo(answer).hasSameHashCodeAs(answer);
  }

  @Test
  void answerOfAnotherModelHasNoReport() {
    assertThat(ResilientChatResponse.reportOf(provider)).isEmpty();
  }
}
