package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.Simulated.PATIENCE;
import static io.github.resilientchat.bedrock.Simulated.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.simulator.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;

/** Whole blocking answers that stopped for reasons which not every framework knows. */
class KeptAnswerTest {

  private static final String RARE = "model_context_window_exceeded";

  private final Simulated simulated = Simulated.start();
  private final Exchange blocking = new Exchange(PATIENCE, false);

  @AfterEach
  void stop() {
    simulated.close();
  }

  private void answer(String reason) {
    simulated.bedrock.answer(call -> Answer.text("Good and paid for").withStopReason(reason));
  }

  @ParameterizedTest
  @ValueSource(strings = {RARE, "malformed_tool_use", "refusal"})
  void blockingAnswerIsGivenAsItIsAndOnceMoreInWordsThatEverybodyKnows(String said)
      throws Exception {
    answer(said);
    ConverseResponse first = within(blocking, simulated::ask);
    assertThat(first.stopReasonAsString()).isEqualTo(said);

    ConverseResponse again = within(blocking, simulated::ask);

    assertThat(again.stopReasonAsString()).isEqualTo(said.equals(RARE) ? "max_tokens" : "end_turn");
    assertThat(again.output()).isEqualTo(first.output());
    assertThat(again.usage()).isEqualTo(first.usage());
    assertThat(again.responseMetadata().requestId())
        .isEqualTo(first.responseMetadata().requestId());
    assertThat(again.sdkHttpResponse()).isEqualTo(first.sdkHttpResponse());
    assertThat(simulated.bedrock.awaitInvocations(1, PATIENCE)).hasSize(1);
  }

  @Test
  void anotherQuestionIsAsked() throws Exception {
    answer(RARE);
    within(blocking, simulated::ask);
    ConverseResponse other =
        within(
            blocking,
            () ->
                simulated
                    .client()
                    .converse(
                        Simulated.question().toBuilder().system(s -> s.text("Be brief")).build()));
    assertThat(other.stopReasonAsString()).isEqualTo(RARE);
    assertThat(simulated.bedrock.awaitInvocations(2, PATIENCE)).hasSize(2);
  }

  @Test
  void commonReasonsOtherExchangesAndCallersWithoutOneKeepNothing() throws Exception {
    answer("end_turn");
    within(blocking, simulated::ask);
    assertThat(blocking.kept()).isEmpty();
    answer(RARE);
    within(blocking, simulated::ask);
    assertThat(blocking.kept()).isPresent();
    assertThat(within(new Exchange(PATIENCE, false), simulated::ask).stopReasonAsString())
        .isEqualTo(RARE);
    assertThat(simulated.ask().stopReasonAsString()).isEqualTo(RARE);
    assertThat(simulated.bedrock.awaitInvocations(4, PATIENCE)).hasSize(4);
    blocking.stop();
    assertThat(blocking.kept()).isEmpty();
  }
}
