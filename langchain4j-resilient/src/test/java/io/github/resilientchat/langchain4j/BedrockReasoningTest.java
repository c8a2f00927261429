package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import io.github.resilientchat.bedrock.FoundationModels;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Invocation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

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

  @Test
  void modelBehindAnotherInferenceProfileGetsItsReasoningBack() {
    moveBetween(
        profile("us.anthropic.claude-sonnet-4-6", "us-east-1"),
        profile("eu.anthropic.claude-sonnet-4-6", "eu-west-1"));

    assertThat(secondTurn().findValuesAsText("signature"))
        .containsExactly("signed by blue's model");
    assertThat(simulated.bedrock.invocations())
        .extracting(Invocation::modelId)
        .endsWith("eu.anthropic.claude-sonnet-4-6");
  }

  @Test
  void anotherModelBehindAProfileOfTheSameKindDoesNot() {
    moveBetween(
        profile("us.anthropic.claude-sonnet-4-6", "us-east-1"),
        profile("us.anthropic.claude-opus-4-7", "us-east-1"));

    assertThat(secondTurn().toString()).contains("42").doesNotContain("reasoningContent");
  }

  private static Target profile(String id, String region) {
    return Target.builder(id)
        .model(id)
        .foundationModel(FoundationModels.of(id))
        .region(region)
        .account("blue")
        .build();
  }

  /** Two turns; the first target answers the first, and the second the second. */
  private void moveBetween(Target first, Target second) {
    Service service =
        service(
            ResilientChatModel.builder()
                .target(first, thinking("blue", first.model(), Region.of(first.region())))
                .fallback(second, thinking("blue", second.model(), Region.of(second.region())))
                .build());
    service.chat("6 * 7?");
    simulated.bedrock.fault(
        Fault.httpError(429, "ThrottlingException", "Too many requests").model(first.model()));
    service.chat("sure?");
  }

  /** Two turns; blue answers the first, and green with this model the second. */
  private void converse(String fallbackModel) {
    Service service =
        service(
            ResilientChatModel.builder()
                .target("blue", thinking("blue", SimulatedBedrock.MODEL, Region.US_EAST_1))
                .fallback("green", thinking("green", fallbackModel, Region.US_EAST_1))
                .policy(RoutePolicy.DEFAULTS)
                .build());
    service.chat("6 * 7?");
    simulated.bedrock.fault(
        Fault.httpError(429, "ThrottlingException", "Too many requests").account("blue"));
    service.chat("sure?");
  }

  private JsonNode secondTurn() {
    return sent.get(1);
  }

  private ChatModel thinking(String account, String model, Region region) {
    return simulated
        .builder(account, model, region)
        .returnThinking(true)
        .sendThinking(true)
        .build();
  }

  private static Service service(ResilientChatModel model) {
    return AiServices.builder(Service.class)
        .chatModel(model)
        .chatMemory(MessageWindowChatMemory.withMaxMessages(10))
        .build();
  }

  interface Service {
    String chat(String message);
  }
}
