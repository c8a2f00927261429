package io.github.resilientchat.autoconfigure.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.report.QuotaExceededException;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Invocation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The guide's program answers, and its fallback takes over. */
class WithoutSpringTest {

  private BedrockSimulator bedrock;
  private WithoutSpring program;

  @BeforeEach
  void start() {
    bedrock = BedrockSimulator.start();
    program =
        new WithoutSpring(
            BedrockAccount.staticKeys(
                    "main", BedrockSimulator.accessKey("main"), BedrockSimulator.secretKey(), null)
                .withEndpoint(bedrock.endpoint()));
  }

  @AfterEach
  void stop() {
    program.close();
    bedrock.close();
  }

  @Test
  void bothRoutesAnswer() {
    assertThat(program.ask("How are you?")).isNotBlank();
    assertThat(bedrock.invocations())
        .extracting(Invocation::modelId)
        .containsExactly(
            "us.anthropic.claude-sonnet-4-6", "us.anthropic.claude-haiku-4-5-20251001-v1:0");
  }

  @Test
  void routesModelsAndTargetsHaveOptionsOfTheirOwn() {
    List<JsonNode> sent = new ArrayList<>();
    bedrock.answer(
        call -> {
          sent.add(call.request().path("inferenceConfig"));
          return Answer.text("hello");
        });

    program.withDefaults.chat("How are you?");
    program.withDefaults.forRoute("batch").chat("How are you?");

    assertThat(sent).hasSize(2);
    assertThat(sent.get(0).path("maxTokens").asInt()).isEqualTo(2_000);
    assertThat(sent.get(0).path("topP").floatValue()).isEqualTo(0.9f);
    assertThat(sent.get(0).has("temperature")).isFalse();
    assertThat(sent.get(1).path("maxTokens").asInt()).isEqualTo(500);
    assertThat(sent.get(1).path("temperature").floatValue()).isEqualTo(0.2f);
  }

  @Test
  void aPlanHoldsForItsUsersAlone() {
    Caller grace = Caller.user("grace");
    program.askAs(grace, "One?");
    program.askAs(grace, "Two?");

    assertThatThrownBy(() -> program.askAs(grace, "Three?"))
        .isInstanceOf(QuotaExceededException.class);
    assertThat(program.askAs(Caller.user("ada"), "One?")).isNotBlank();
  }

  @Test
  void oneFailureCostsOneCall() {
    bedrock.fault(
        Fault.httpError(503, "ServiceUnavailableException", "Busy")
            .model("us.anthropic.claude-sonnet-4-6"));

    assertThat(program.twoTargets().chat("How are you?")).isNotBlank();
    assertThat(bedrock.invocations())
        .extracting(Invocation::modelId)
        .containsExactly("us.anthropic.claude-sonnet-4-6", "us.amazon.nova-pro-v1:0");
  }

  @Test
  void theFallbackAnswersInPlaceOfTheFirst() {
    bedrock.fault(
        Fault.httpError(429, "ThrottlingException", "Too many requests")
            .model("us.anthropic.claude-sonnet-4-6"));

    assertThat(program.ask("How are you?")).isNotBlank();
    assertThat(program.stream.routes()).containsExactly("chat");
  }
}
