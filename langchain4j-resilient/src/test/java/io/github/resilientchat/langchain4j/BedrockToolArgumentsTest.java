package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.bedrock.BedrockClients;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.adapter.StreamThreads;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.ConverseCall;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.testsupport.Undisturbed;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

  private static final Function<ConverseCall, Answer> PAY =
      call -> Answer.toolUse("use-1", "pay", "{\"amount\": 42}");

  private static SimulatedBedrock simulated;

  @BeforeAll
  static void start() throws Exception {
    simulated = new SimulatedBedrock();
    // The first stream of a JVM takes seconds, which is not the silence that is meant here.
    simulated.bedrock.answer(PAY);
    for (String account : List.of("blue", "green")) {
      RecordingHandler first = new RecordingHandler();
      simulated.stream(account).chat(Answers.hello(), first);
      first.answer();
    }
  }

  @AfterAll
  static void stop() {
    simulated.close();
  }

  /** The simulator as for a first call, which blue does not answer well. */
  private static RecordingHandler answered(Function<ConverseCall, Answer> answer, Fault fault)
      throws Exception {
    simulated.bedrock.awaitIdle(SimulatedBedrock.PATIENCE);
    simulated.bedrock.reset();
    simulated.bedrock.answer(answer);
    simulated.bedrock.fault(fault);
    RecordingHandler handler = new RecordingHandler();
    simulated.resilientStream(Engine.builder().build(), IMPATIENT).chat(Answers.hello(), handler);
    return handler;
  }

  /** Five frames until a tool call is whole, of which none is late. */
  @Test
  void argumentsThatTakeLongerThanTheFirstTokenMayAreWaitedFor() throws Exception {
    Duration patience = Duration.ofMillis(2_500);
    RoutePolicy policy =
        RoutePolicy.DEFAULTS.withFirstTokenTimeout(patience).withIdleTimeout(patience);
    VirtualTime time = new VirtualTime();
    BedrockClients clients =
        BedrockClients.builder().customizer(new TimePerFrame(time, Duration.ofMillis(700))).build();
    try (SimulatedBedrock slow = new SimulatedBedrock(clients)) {
      slow.bedrock.answer(PAY);
      RecordingHandler handler = new RecordingHandler();

      slow.resilientStream(
              Engine.builder().ticker(time).build(),
              policy,
              new StreamThreads(StreamThreads.shared().executor(), time))
          .chat(Answers.hello(), handler);

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
  void argumentsThatStallBeforeAnyToolCallIsWholeMoveToAnotherTarget() throws Throwable {
    Undisturbed.holds(
        () -> {
          RecordingHandler handler = answered(PAY, Fault.stall(3).account("blue"));

          handler.answer();
          assertThat(handler.signals).containsExactly("tool pay", "complete");
          assertThat(ResilientChatResponse.reportOf(handler.answer()).orElseThrow().moves())
              .containsExactly("blue: TIMED_OUT (IdleTimeout)");
        });
  }

  @Test
  void argumentsThatStallAfterAToolCallBreakTheStream() throws Throwable {
    Undisturbed.holds(
        () -> {
          RecordingHandler handler =
              answered(
                  call -> Answer.toolUse("use-1", "pay", "{}").andToolUse("use-2", "pay", "{}"),
                  Fault.stall(7).account("blue"));

          assertThat(handler.error()).isInstanceOf(StreamInterruptedException.class);
          assertThat(handler.signals).containsExactly("tool pay", "error");
        });
  }

  @Test
  void streamThatBreaksInTheMiddleOfArgumentsIsChargedThemBesideItsText() throws Throwable {
    Undisturbed.holds(
        () -> {
          // Of the arguments, one half: 355 of 710 characters.
          RecordingHandler handler =
              answered(
                  call ->
                      Answer.text("wait").andToolUse("use-1", "pay", "{\"to\": \"" + NAME + "\"}"),
                  Fault.cut(5).account("blue"));

          assertThat(handler.error()).isInstanceOf(StreamInterruptedException.class);
          assertThat(handler.signals).containsExactly("text wait", "error");
          long output = TokenEstimate.ofText("wait".length() + "pay".length() + 355, 0).input();
          assertThat(((StreamInterruptedException) handler.error()).tokensReceived())
              .isEqualTo(output);
        });
  }

  @Test
  void callThatNobodyAnswersIsChargedTheArgumentsThatCame() throws Throwable {
    Undisturbed.holds(
        () -> {
          RecordingHandler handler =
              answered(
                  call -> Answer.toolUse("use-1", "pay", "{\"to\": \"" + NAME + "\"}"),
                  Fault.stall(3));

          assertThat(handler.error()).isInstanceOf(NoTargetAvailableException.class);
          long output = TokenEstimate.ofText("pay".length() + 355, 0).input();
          assertThat(((NoTargetAvailableException) handler.error()).report().usage().output())
              .isEqualTo(output);
        });
  }
}
