package io.github.resilientchat.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;

/** The assertions of the contract bite: a decorator that does nothing about them fails them. */
@ExtendWith(SharedSimulation.class)
class NaiveChatModelTest {

  private Simulated simulated;
  private ChatModel naive;

  @BeforeEach
  void start(Simulated shared) {
    simulated = shared;
    naive = new NaiveChatModel(simulated.primary(), simulated.fallback());
  }

  static void assertFallbackAskedByItself(Simulated simulated) {
    assertThat(simulated.called(2)).containsExactly("primary", "fallback");
    assertThat(simulated.bodies.get(0).path("inferenceConfig").toString())
        .isEqualTo("{\"maxTokens\":900}");
  }

  @Test
  void naiveDecoratorSendsThePrimarysModelIdToTheFallback() {
    simulated.primaryFails(503, "ServiceUnavailableException");

    assertThatThrownBy(() -> ChatClient.create(naive).prompt("hello").call().content())
        .hasMessageContaining("injected");

    assertThat(simulated.called(2)).containsExactly("primary", "primary");
    assertThatThrownBy(() -> assertFallbackAskedByItself(simulated))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void naiveDecoratorRunsAToolTwice() {
    simulated.answer(BedrockContract::toolThenText);
    CountingTool tool =
        CountingTool.doing(() -> simulated.primaryFails(503, "ServiceUnavailableException"));

    naive.call(BedrockContract.withTools(tool));

    assertThat(tool.runs).hasValue(2);
    assertThat(simulated.called(4)).containsExactly("primary", "primary", "fallback", "fallback");
  }
}
