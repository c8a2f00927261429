package io.github.resilientchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensInput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** InvokeModel with the bodies of Claude and Nova, its stream, and CountTokens. */
class InvokeModelTest {

  private static final String CLAUDE =
      "{\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":100,\"system\":\"Be brief.\","
          + "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hello\"}]}]}";
  private static final String NOVA =
      "{\"schemaVersion\":\"messages-v1\",\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hello\"}]}]}";

  private final BedrockSimulator simulator = BedrockSimulator.start();
  private final BedrockRuntimeClient client = Sdk.sync(simulator);

  @AfterEach
  void close() {
    client.close();
    simulator.close();
  }

  private JsonNode invoke(String model, String body) throws Exception {
    InvokeModelResponse response =
        client.invokeModel(r -> r.modelId(model).body(SdkBytes.fromUtf8String(body)));
    return Json.parse(response.body().asByteArray());
  }

  private List<JsonNode> stream(String model, String body) throws Exception {
    List<JsonNode> events = new CopyOnWriteArrayList<>();
    try (var async = Sdk.async(simulator, Protocol.HTTP2)) {
      async
          .invokeModelWithResponseStream(
              r -> r.modelId(model).body(SdkBytes.fromUtf8String(body)),
              InvokeModelWithResponseStreamResponseHandler.builder()
                  .subscriber(
                      InvokeModelWithResponseStreamResponseHandler.Visitor.builder()
                          .onChunk(part -> events.add(parsed(part.bytes().asByteArray())))
                          .build())
                  .build())
          .get(Sdk.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    return events;
  }

  private static JsonNode parsed(byte[] json) {
    try {
      return Json.parse(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void claudeIsAnsweredInItsOwnWords() throws Exception {
    simulator.answer(
        call ->
            Answer.text("You said " + call.lastUserText())
                .withReasoning("Think.", "signed")
                .andToolUse("toolu_1", "look", "{\"q\":1}"));

    JsonNode message = invoke(Sdk.US_CLAUDE, CLAUDE);

    assertThat(message.path("type").asText()).isEqualTo("message");
    assertThat(message.path("stop_reason").asText()).isEqualTo("tool_use");
    assertThat(message.at("/content/0/thinking").asText()).isEqualTo("Think.");
    assertThat(message.at("/content/0/signature").asText()).isEqualTo("signed");
    assertThat(message.at("/content/1/text").asText()).isEqualTo("You said Hello");
    assertThat(message.at("/content/2/input/q").asInt()).isEqualTo(1);
    assertThat(message.at("/usage/output_tokens").asInt()).isPositive();
    assertThat(simulator.invocations())
        .extracting(Invocation::operation)
        .containsExactly("InvokeModel");
  }

  @Test
  void claudeStreamsItsOwnEvents() throws Exception {
    simulator.answer(call -> Answer.text("one two").andToolUse("toolu_1", "look", "{\"q\":1}"));

    List<JsonNode> events = stream(Sdk.US_CLAUDE, CLAUDE);

    assertThat(events.stream().map(event -> event.path("type").asText()))
        .containsExactly(
            "message_start",
            "content_block_start",
            "content_block_delta",
            "content_block_delta",
            "content_block_stop",
            "content_block_start",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop");
    assertThat(events.get(9).at("/amazon-bedrock-invocationMetrics/outputTokenCount").asInt())
        .isPositive();
  }

  @Test
  void novaIsAnsweredInConversesWordsWithEachEventInAFrame() throws Exception {
    simulator.answer(call -> Answer.text("You said " + call.lastUserText()));

    assertThat(invoke(Sdk.NOVA, NOVA).at("/output/message/content/0/text").asText())
        .isEqualTo("You said Hello");
    List<JsonNode> events = stream(Sdk.NOVA, NOVA);
    assertThat(events.get(0).has("messageStart")).isTrue();
    assertThat(events.get(1).at("/contentBlockDelta/delta/text").asText()).isEqualTo("You ");
    assertThat(events.get(events.size() - 1).at("/metadata/usage/outputTokens").asInt())
        .isPositive();
  }

  @Test
  void bodyThatTheModelDoesNotKnowIsRefused() {
    assertThatThrownBy(() -> invoke(Sdk.US_CLAUDE, NOVA))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("anthropic_version");
    assertThatThrownBy(() -> invoke("openai.gpt-oss-20b-1:0", CLAUDE))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void tokensAreCountedWithoutACallAndNotForModelsOfProfilesAlone() {
    int counted =
        client
            .countTokens(
                r ->
                    r.modelId(Sdk.NOVA)
                        .input(
                            CountTokensInput.fromConverse(
                                c -> c.messages(Sdk.user("Hello you, over there")))))
            .inputTokens();
    assertThat(counted).isBetween(5, 12);
    assertThat(
            client
                .countTokens(
                    r ->
                        r.modelId(Sdk.NOVA)
                            .input(
                                CountTokensInput.fromInvokeModel(
                                    i -> i.body(SdkBytes.fromUtf8String(NOVA)))))
                .inputTokens())
        .isPositive();
    assertThatThrownBy(
            () ->
                client.countTokens(
                    r ->
                        r.modelId(Sdk.US_CLAUDE)
                            .input(
                                CountTokensInput.fromConverse(c -> c.messages(Sdk.user("Hello"))))))
        .hasMessageContaining("counting tokens");
    assertThat(simulator.invocations()).isEmpty();
  }
}
