package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import io.github.resilientchat.core.RoutePolicy;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.Fault;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signed reasoning on the wire, in the second turn of a conversation of an AI service. */
class BedrockReasoningTest {

  private static final String OTHER_MODEL = "amazon.nova-lite-v1:0";

  private final SimulatedBedrock simulated = new SimulatedBedrock();
  private final List<JsonNode> sent = new CopyOnWriteArrayList<>();

  @BeforeEach
  void script() {
    simulated.bedrock.answer(
        call -> {
          sent.add(call.request());
          return Answer.text("42").withReasoning("six times seven", "signed by blue's model");
        });
  }

  @AfterEach
  void close() {
    simulated.close();
  }

  @Test
  void sameModelInAnotherAccountGetsItsReasoningBack() {
    converse(SimulatedBedrock.MODEL);

    assertThat(secondTurn().findValuesAsText("signature"))
        .containsExactly("signed by blue's model");
    assertThat(secondTurn().toString())
        .contains("six times seven")
        .doesNotContain(Authorship.MODEL_ATTRIBUTE);
  }

  @Test
  void anotherModelIsSentTheAnswerWithoutTheReasoning() {
    converse(OTHER_MODEL);

    assertThat(secondTurn().toString())
        .contains("42")
        .doesNotContain("reasoningContent", "six times seven", Authorship.MODEL_ATTRIBUTE);
  }

  /** Two turns; blue answers the first, and green with this model the second. */
  private void converse(String fallbackModel) {
    Service service =
        AiServices.builder(Service.class)
            .chatModel(
                ResilientChatModel.builder()
                    .target("blue", thinking("blue", SimulatedBedrock.MODEL))
                    .fallback("green", thinking("green", fallbackModel))
                    .policy(RoutePolicy.DEFAULTS)
                    .build())
            .chatMemory(MessageWindowChatMemory.withMaxMessages(10))
            .build();
    service.chat("6 * 7?");
    simulated.bedrock.fault(
        Fault.httpError(429, "ThrottlingException", "Too many requests").account("blue"));
    service.chat("sure?");
  }

  private JsonNode secondTurn() {
    return sent.get(1);
  }

  private ChatModel thinking(String account, String model) {
    return simulated.builder(account, model).returnThinking(true).sendThinking(true).build();
  }

  interface Service {
    String chat(String message);
  }
}
