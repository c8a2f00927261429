package io.github.resilientchat.autoconfigure.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.report.QuotaExceededException;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Invocation;
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
  void aRouteHasOptionsOfItsOwn() {
    assertThat(program.chat.forRoute("batch").defaultRequestParameters().temperature()).isZero();
    assertThat(program.chat.defaultRequestParameters().temperature()).isNull();
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
