package io.github.resilientchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.simulator.Invocation.Outcome;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.bedrockruntime.model.CacheTTL;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

class ConverseTest {

  private final BedrockSimulator simulator = BedrockSimulator.start();

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void equalRequestsGetEqualAnswers() {
    try (var client = Sdk.sync(simulator)) {
      var first = Sdk.ask(client, Sdk.NOVA);
      var second = Sdk.ask(client, Sdk.NOVA);
      assertThat(first.output()).isEqualTo(second.output());
      assertThat(first.output().message().content().get(0).text())
          .startsWith("Simulated answer from amazon.nova-pro-v1:0:");
      assertThat(first.stopReason()).isEqualTo(StopReason.END_TURN);
      assertThat(first.responseMetadata().requestId())
          .isNotEqualTo(second.responseMetadata().requestId());
    }
  }

  @Test
  void answerStopsAtMaxTokens() {
    try (var client = Sdk.sync(simulator)) {
      var response = Sdk.ask(client, Sdk.NOVA, 5);
      assertThat(response.stopReason()).isEqualTo(StopReason.MAX_TOKENS);
      assertThat(response.usage().outputTokens()).isEqualTo(5);
    }
  }

  @Test
  void scriptedAnswerArrivesWithReasoningToolsAndUsage() {
    simulator.answer(
        call ->
            Answer.text("You said " + call.lastUserText())
                .withReasoning("because", "sig")
                .andToolUse("t1", "weather", "{\"city\":\"Oslo\"}")
                .withUsage(new Usage(7, 11, 100, 200)));
    try (var client = Sdk.sync(simulator)) {
      var response = Sdk.ask(client, Sdk.NOVA);
      var content = response.output().message().content();
      assertThat(content.get(0).reasoningContent().reasoningText().signature()).isEqualTo("sig");
      assertThat(content.get(1).text()).isEqualTo("You said Hello");
      assertThat(content.get(2).toolUse().input().asMap().get("city").asString()).isEqualTo("Oslo");
      assertThat(response.stopReason()).isEqualTo(StopReason.TOOL_USE);
      assertThat(response.usage().cacheWriteInputTokens()).isEqualTo(200);
      assertThat(response.usage().outputTokens()).isEqualTo(11);
    }
  }

  @Test
  void logNamesTheCallButNotItsText() {
    try (var client = Sdk.sync(simulator, "green", "eu-west-1")) {
      var response =
          client.converse(
              r ->
                  r.modelId(Sdk.NOVA)
                      .messages(Sdk.user("a secret"))
                      .requestMetadata(Map.of("tenant", "t-1")));
      Invocation invocation = simulator.invocations().get(0);
      assertThat(invocation.requestId()).isEqualTo(response.responseMetadata().requestId());
      assertThat(invocation.account()).isEqualTo("green");
      assertThat(invocation.region()).isEqualTo("eu-west-1");
      assertThat(invocation.family()).isEqualTo(Family.ON_DEMAND);
      assertThat(invocation.inferenceRegion()).isEqualTo("eu-west-1");
      assertThat(invocation.outcome()).isEqualTo(Outcome.SERVED);
      assertThat(invocation.httpVersion()).isEqualTo("HTTP/1.1");
      assertThat(invocation.requestMetadataKeys()).containsExactly("tenant");
      assertThat(invocation.toString()).doesNotContain("secret", "Simulated");
    }
  }

  @Test
  void serviceTierIsEchoed() {
    try (var client = Sdk.sync(simulator)) {
      var response =
          client.converse(
              r -> r.modelId(Sdk.NOVA).messages(Sdk.user("Hi")).serviceTier(t -> t.type("flex")));
      assertThat(response.serviceTier().typeAsString()).isEqualTo("flex");
    }
  }

  @Test
  void cacheSaysHowLongItKeepsWhatWasWritten() {
    SystemContentBlock anHour =
        SystemContentBlock.fromCachePoint(c -> c.type("default").ttl(CacheTTL.VALUE_1_H));
    SystemContentBlock minutes = SystemContentBlock.fromCachePoint(c -> c.type("default"));
    String words = "word ".repeat(2_000);
    try (var client = Sdk.sync(simulator)) {
      TokenUsage usage =
          client
              .converse(
                  r ->
                      r.modelId(Sdk.US_CLAUDE)
                          .system(
                              SystemContentBlock.fromText(words),
                              anHour,
                              SystemContentBlock.fromText(words),
                              minutes)
                          .messages(Sdk.user("Hi")))
              .usage();
      assertThat(usage.cacheWriteInputTokens()).isEqualTo(5_000);
      assertThat(usage.cacheDetails())
          .extracting(detail -> detail.ttlAsString() + " " + detail.inputTokens())
          .containsExactly("1h 2500", "5m 2500");
    }
  }
}
