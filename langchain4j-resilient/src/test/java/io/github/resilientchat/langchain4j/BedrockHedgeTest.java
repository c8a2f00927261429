package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.route.HedgePolicy;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Invocation;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A hedge with LangChain4j's own Bedrock model: blue is late, green answers in its place. */
class BedrockHedgeTest {

  private static final Duration AFTER = Duration.ofMillis(400);

  /** One fewer than allow a hedge, so that a slow one of them uses up none. */
  private static final int CALLS_BEFORE = 19;

  private final SimulatedBedrock simulated = new SimulatedBedrock();

  @AfterEach
  void stop() {
    simulated.close();
  }

  /** Blue would never answer, and nobody waits long enough for its first token to be given up. */
  @Test
  void answerComesSoonAfterTheHedgeAndTheLateExchangeIsClosed() throws Exception {
    simulated.bedrock.answer(call -> Answer.text("from " + call.account()));
    ResilientStreamingChatModel model =
        simulated.resilientStream(
            Engine.builder().build(), RoutePolicy.DEFAULTS.withHedge(new HedgePolicy(AFTER, 5)));
    for (int call = 0; call < CALLS_BEFORE; call++) {
      answered(model);
    }
    int before = simulated.ended().size();
    simulated.bedrock.fault(Fault.slowFirstToken(Duration.ofDays(1)).account("blue"));

    RecordingHandler hedged = answered(model);

    CallReport report = ResilientChatResponse.reportOf(hedged.answer()).orElseThrow();
    assertThat(hedged.answer().aiMessage().text()).isEqualTo("from green");
    assertThat(report.elapsed()).isGreaterThanOrEqualTo(AFTER);
    assertThat(simulated.ended().subList(before, simulated.ended().size()))
        .extracting(Invocation::account, Invocation::outcome)
        .containsExactlyInAnyOrder(
            tuple("blue", Invocation.Outcome.CANCELLED), tuple("green", Invocation.Outcome.SERVED));
  }

  private static RecordingHandler answered(ResilientStreamingChatModel model) throws Exception {
    RecordingHandler handler = new RecordingHandler();
    model.chat(Answers.hello(), handler);
    handler.answer();
    return handler;
  }
}
