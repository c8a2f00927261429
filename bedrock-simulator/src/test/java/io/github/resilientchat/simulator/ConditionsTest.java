package io.github.resilientchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.AccessDeniedException;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointType;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ImageFormat;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningTextBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceUnavailableException;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** What accounts, Regions and models refuse or do besides quotas and faults. */
class ConditionsTest {

  private static final String GPT_OSS = "openai.gpt-oss-20b-1:0";

  private final BedrockSimulator simulator = BedrockSimulator.start();
  private final BedrockRuntimeClient blue = Sdk.sync(simulator);

  @AfterEach
  void close() {
    blue.close();
    simulator.close();
  }

  @Test
  void oneDeniedDestinationRefusesTheWholeProfileAndNoOtherOne() {
    simulator.deny("blue", "us-west-2");

    assertThatThrownBy(() -> Sdk.ask(blue, Sdk.US_CLAUDE))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("arn:aws:bedrock:us-west-2::foundation-model/")
        .hasMessageContaining("explicit deny in a service control policy");
    Sdk.ask(blue, Sdk.NOVA);
    simulator.allow("blue", "us-west-2");
    Sdk.ask(blue, Sdk.US_CLAUDE);
  }

  @Test
  void newAccountIsRefusedForEveryModelInEveryRegion() {
    simulator.clamp("green");
    for (String region : List.of("us-east-1", "eu-west-1")) {
      try (var green = Sdk.sync(simulator, "green", region)) {
        assertThatThrownBy(() -> Sdk.ask(green, Sdk.NOVA))
            .isInstanceOf(ThrottlingException.class)
            .hasMessageContaining("Too many tokens per day");
      }
    }
    Sdk.ask(blue, Sdk.NOVA);
  }

  @Test
  void roomOfADestinationIsSharedByAllAccounts() throws Exception {
    simulator.capacity(Capacity.of("us-east-1", 1));
    simulator.fault(Fault.stall(1).times(1));
    try (var async = Sdk.async(simulator, Protocol.HTTP2);
        var green = Sdk.sync(simulator, "green", "us-east-1")) {
      Sdk.Stream stalled = Sdk.stream(async, Sdk.NOVA);
      stalled.first.get();

      assertThatThrownBy(() -> Sdk.ask(green, Sdk.NOVA))
          .isInstanceOf(ServiceUnavailableException.class);
      stalled.done.cancel(true);
      simulator.awaitIdle(Sdk.PATIENCE);
      Sdk.ask(green, Sdk.NOVA);
    }
  }

  @Test
  void overloadedRegionSays529() {
    simulator.capacity(Capacity.of("us-east-1", 0).overloaded());
    assertThatThrownBy(() -> Sdk.ask(blue, Sdk.NOVA))
        .isInstanceOfSatisfying(
            BedrockRuntimeException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(529);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("overloaded_error");
            });
  }

  @Test
  void modelThatReadsTextAloneRefusesAnImage() {
    Message picture =
        Message.builder()
            .role("user")
            .content(
                ContentBlock.fromImage(
                    i ->
                        i.format(ImageFormat.PNG)
                            .source(
                                s ->
                                    s.bytes(
                                        software.amazon.awssdk.core.SdkBytes.fromUtf8String(
                                            "png")))))
            .build();
    assertThatThrownBy(() -> blue.converse(r -> r.modelId(GPT_OSS).messages(picture)))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("image");
    blue.converse(r -> r.modelId(Sdk.NOVA).messages(picture));
  }

  @Test
  void cachePointForAModelWithoutACacheIsA403() {
    assertThatThrownBy(() -> cached(GPT_OSS, "Hello"))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("did not allow prompt caching");
  }

  @Test
  void equalPrefixIsWrittenOnceAndReadAfterwards() {
    String rules = "Rule. ".repeat(2_000);

    TokenUsage first = cached(Sdk.NOVA, rules).usage();
    TokenUsage second = cached(Sdk.NOVA, rules).usage();
    TokenUsage other = cached(Sdk.NOVA, rules + "!").usage();

    assertThat(first.cacheWriteInputTokens()).isEqualTo(3_000);
    assertThat(first.cacheReadInputTokens()).isZero();
    assertThat(second.cacheReadInputTokens()).isEqualTo(3_000);
    assertThat(second.cacheWriteInputTokens()).isZero();
    assertThat(second.inputTokens()).isLessThan(10);
    assertThat(other.cacheReadInputTokens()).isZero();
  }

  private ConverseResponse cached(String model, String rules) {
    return blue.converse(
        r ->
            r.modelId(model)
                .system(
                    SystemContentBlock.fromText(rules),
                    SystemContentBlock.fromCachePoint(c -> c.type(CachePointType.DEFAULT)))
                .messages(Sdk.user("Hello")));
  }

  @Test
  void reasoningComesSignedAndIsTakenBackByItsOwnModelUnchangedOnly() {
    ReasoningTextBlock thought =
        blue.converse(
                r ->
                    r.modelId(Sdk.US_CLAUDE)
                        .messages(Sdk.user("Hello"))
                        .additionalModelRequestFields(
                            Document.mapBuilder()
                                .putDocument(
                                    "thinking",
                                    Document.mapBuilder().putString("type", "enabled").build())
                                .build()))
            .output()
            .message()
            .content()
            .get(0)
            .reasoningContent()
            .reasoningText();

    replay(Sdk.US_CLAUDE, thought);
    replay(Sdk.GLOBAL_CLAUDE, thought);
    assertThatThrownBy(
            () -> replay(Sdk.US_CLAUDE, thought.toBuilder().text("Other thoughts").build()))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("messages.1.content.0: Invalid `signature`");
    assertThatThrownBy(() -> replay("us.anthropic.claude-sonnet-4-6", thought))
        .isInstanceOf(ValidationException.class);
  }

  private void replay(String model, ReasoningTextBlock thought) {
    Message said =
        Message.builder()
            .role("assistant")
            .content(
                ContentBlock.fromReasoningContent(r -> r.reasoningText(thought)),
                ContentBlock.fromText("Hi"))
            .build();
    blue.converse(r -> r.modelId(model).messages(Sdk.user("Hello"), said, Sdk.user("And?")));
  }

  @Test
  void guardrailStepsInAtItsWords() {
    simulator.guardrail("gr-1", "bomb");
    assertThat(guarded("How are you?").stopReason()).isEqualTo(StopReason.END_TURN);
    assertThat(guarded("A bomb!").stopReason()).isEqualTo(StopReason.GUARDRAIL_INTERVENED);
  }

  private ConverseResponse guarded(String text) {
    return blue.converse(
        r ->
            r.modelId(Sdk.NOVA)
                .messages(Sdk.user(text))
                .guardrailConfig(g -> g.guardrailIdentifier("gr-1").guardrailVersion("1")));
  }
}
