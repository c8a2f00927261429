package io.github.resilientchat.autoconfigure.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Invocation;
import org.junit.jupiter.api.Test;

/** What the first pages show does what they say. */
class FirstPagesTest {

  @Test
  void anyModelIsATargetAndTheFallbackTakesOver() {
    ChatModel down = answering(null);
    ChatModel up = answering("I am fine.");

    assertThat(FirstPages.model(down, up).chat("How are you?")).isEqualTo("I am fine.");
  }

  private static ChatModel answering(String text) {
    return new ChatModel() {
      @Override
      public ChatResponse doChat(ChatRequest request) {
        if (text == null) {
          throw new InternalServerException("down");
        }
        return ChatResponse.builder().aiMessage(AiMessage.from(text)).build();
      }
    };
  }

  @Test
  void theSimulatorAnswersTheSdk() throws Exception {
    assertThat(FirstPages.scripted()).extracting(Invocation::account).containsExactly("blue");
  }

  @Test
  void itLendsRolesAndRefuses() {
    try (BedrockSimulator simulator = BedrockSimulator.start()) {
      FirstPages.roles(simulator);
      FirstPages.refusals(simulator);

      assertThat(simulator.assumptions()).isEmpty();
    }
  }
}
