package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.Fault;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Answers that are nothing but tool calls, of which LangChain4j says nothing before they are whole.
 */
class BedrockToolArgumentsTest {

  private static final RoutePolicy IMPATIENT =
      RoutePolicy.DEFAULTS
          .withFirstTokenTimeout(Duration.ofMillis(1_500))
          .withIdleTimeout(Duration.ofMillis(1_500));

  private static final String NAME = "x".repeat(700);

  private static SimulatedBedrock simulated;

  private final RecordingHandler handler = new RecordingHandler();

  @BeforeAll
  static void start() throws Exception {
    simulated = new SimulatedBedrock();
    // The first stream of a JVM takes seconds, which is not the silence that is meant here.
    simulated.bedrock.answer(call -> Answer.text("ok"));
    RecordingHandler first = new RecordingHandler();
    simulated.stream("blue").chat(Answers.hello(), first);
    first.answer();
  }

  @AfterAll
  static void stop() {
    simulated.close();
  }

  @BeforeEach
  void script() throws Exception {
    simulated.bedrock.awaitIdle(SimulatedBedrock.PATIENCE);
    simulated.bedrock.reset();
    simulated.bedrock.answer(call -> Answer.toolUse("use-1", "pay", "{\"amount\": 42}"));
  }

  @Test
  void argumentsThatTakeLongerThanTheFirstTokenMayAreWaitedFor() throws Exception {
    Duration patience = Duration.ofMillis(2_500);
    RoutePolicy policy =
        RoutePolicy.DEFAULTS.withFirstTokenTimeout(patience).withIdleTimeout(patience);
    try (SimulatedBedrock slow = new SimulatedBedrock(Duration.ofMillis(700))) {
      slow.bedrock.answer(call -> Answer.toolUse("use-1", "pay", "{\"amount\": 42}"));

      slow.resilientStream(Engine.builder().build(), policy).chat(Answers.hello(), handler);

      assertThat(handler.answer().aiMessage().toolExecutionRequests())
          .singleElement()
          .satisfies(call -> assertThat(call.arguments()).contains("42"));
      assertThat(handler.signals).containsExactly("tool pay", "complete");
      assertThat(slow.accountsCalled()).containsExactly("blue");
      CallReport report = ResilientChatResponse.reportOf(handler.answer()).orElseThrow();
      assertThat(report.attempts().get(0).firstContent()).isGreaterThan(patience);
    }
  }

  @Test
  void argumentsThatStallBeforeAnyToolCallIsWholeMoveToAnotherTarget() throws Exception {
    simulated.bedrock.fault(Fault.stall(3).account("blue"));

    model().chat(Answers.hello(), handler);

    handler.answer();
    assertThat(handler.signals).containsExactly("tool pay", "complete");
    assertThat(ResilientChatResponse.reportOf(handler.answer()).orElseThrow().moves())
        .containsExactly("blue: TIMED_OUT (IdleTimeout)");
  }

  @Test
  void argumentsThatStallAfterAToolCallBreakTheStream() throws Exception {
    simulated.bedrock.answer(
        call -> Answer.toolUse("use-1", "pay", "{}").andToolUse("use-2", "pay", "{}"));
    simulated.bedrock.fault(Fault.stall(7).account("blue"));

    model().chat(Answers.hello(), handler);

    assertThat(handler.error()).isInstanceOf(StreamInterruptedException.class);
    assertThat(handler.signals).containsExactly("tool pay", "error");
  }

  @Test
  void streamThatBreaksInTheMiddleOfArgumentsIsChargedThemBesideItsText() {
    simulated.bedrock.answer(
        call -> Answer.text("wait").andToolUse("use-1", "pay", "{\"to\": \"" + NAME + "\"}"));
    // Of the arguments, one half: 355 of 710 characters.
    simulated.bedrock.fault(Fault.cut(5).account("blue"));

    model().chat(Answers.hello(), handler);

    assertThat(handler.error()).isInstanceOf(StreamInterruptedException.class);
    assertThat(handler.signals).containsExactly("text wait", "error");
    long output = TokenEstimate.ofText("wait".length() + "pay".length() + 355, 0).input();
    assertThat(((StreamInterruptedException) handler.error()).tokensReceived()).isEqualTo(output);
  }

  @Test
  void callThatNobodyAnswersIsChargedTheArgumentsThatCame() throws Exception {
    simulated.bedrock.answer(call -> Answer.toolUse("use-1", "pay", "{\"to\": \"" + NAME + "\"}"));
    simulated.bedrock.fault(Fault.stall(3));

    model().chat(Answers.hello(), handler);

    assertThat(handler.error()).isInstanceOf(NoTargetAvailableException.class);
    long output = TokenEstimate.ofText("pay".length() + 355, 0).input();
    assertThat(((NoTargetAvailableException) handler.error()).report().usage().output())
        .isEqualTo(output);
  }

  private static ResilientStreamingChatModel model() {
    return simulated.resilientStream(Engine.builder().build(), IMPATIENT);
  }
}
