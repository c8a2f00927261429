package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.resilientchat.core.adapter.StreamThreads;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.HedgePolicy;
import io.github.resilientchat.core.route.RoutePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamHedgeTest {

  private static final Duration AFTER = Duration.ofMillis(500);
  private static final RoutePolicy HEDGED =
      RoutePolicy.DEFAULTS.withHedge(new HedgePolicy(AFTER, 5));

  private final VirtualTime time = new VirtualTime();
  private final ScriptedStream first = ScriptedStream.named("model-a");
  private final ScriptedStream second = ScriptedStream.named("model-b");
  private final RecordingHandler handler = new RecordingHandler();
  private final List<CallReport> reports = new ArrayList<>();

  @Test
  void hedgeWithTheFirstContentAnswersAndTheLateTargetIsStopped() {
    hedgedCall();
    second.stream().onPartialResponse("from b");
    first.stream().onPartialResponse("from a");
    first.stream().onCompleteResponse(Answers.text("from a"));
    second.stream().onCompleteResponse(Answers.text("from b"));

    assertThat(handler.signals).containsExactly("text from b", "complete");
    assertThat(first.stopped()).isEqualTo(1);
    assertThat(second.stopped()).isZero();
    assertOverOnce(CallReport.Ending.ANSWERED);
  }

  @Test
  void targetThatIsFasterThanItsHedgeAnswers() {
    hedgedCall();
    first.stream().onPartialResponse("from a");
    second.stream().onPartialResponse("from b");
    second.stream().onError(new InternalServerException("closed"));
    first.stream().onCompleteResponse(Answers.text("from a"));

    assertThat(handler.signals).containsExactly("text from a", "complete");
    assertThat(first.stopped()).isZero();
    assertThat(second.stopped()).isEqualTo(1);
    assertOverOnce(CallReport.Ending.ANSWERED);
  }

  @Test
  void answerWithoutAnyPieceWinsToo() {
    hedgedCall();
    second.stream().onCompleteResponse(Answers.callingTool("pay", "{}"));

    assertThat(handler.signals).containsExactly("complete");
    assertThat(first.stopped()).isEqualTo(1);
    assertOverOnce(CallReport.Ending.ANSWERED);
  }

  @Test
  void failureOfOneLeavesTheCallToTheOther() {
    hedgedCall();
    first.stream().onError(new InternalServerException("down"));
    assertThat(handler.signals).isEmpty();
    assertThat(first.stopped()).isEqualTo(1);
    second.stream().onPartialResponse("from b");
    second.stream().onCompleteResponse(Answers.text("from b"));

    assertThat(handler.signals).containsExactly("text from b", "complete");
    assertThat(second.stopped()).isZero();
    assertOverOnce(CallReport.Ending.ANSWERED);
  }

  @Test
  void failureOfBothEndsTheCallOnce() {
    hedgedCall();
    second.stream().onError(new TimeoutException("b is silent"));
    first.stream().onError(new TimeoutException("a is silent"));
    first.stream().onError(new TimeoutException("a, said again"));

    assertThat(handler.signals).containsExactly("error");
    assertThat(handler.error()).isInstanceOf(NoTargetAvailableException.class);
    assertThat(first.stopped() + second.stopped()).isEqualTo(2);
    assertOverOnce(CallReport.Ending.FAILED);
  }

  @Test
  void refusedPromptStopsBoth() {
    hedgedCall();
    second.stream().onError(new InvalidRequestException("temperature too high"));

    assertThat(handler.error()).isInstanceOf(InvalidRequestException.class);
    assertThat(first.stopped()).isEqualTo(1);
    assertThat(second.stopped()).isEqualTo(1);
    assertOverOnce(CallReport.Ending.FAILED);
  }

  @Test
  void cancellingStopsBoth() {
    hedgedCall();

    handler.handle.cancel();
    second.stream().onPartialResponse("late");

    assertThat(handler.signals).isEmpty();
    assertThat(first.stopped()).isEqualTo(1);
    assertThat(second.stopped()).isEqualTo(1);
    assertOverOnce(CallReport.Ending.CANCELLED);
  }

  @Test
  void silenceOfBothIsNoticed() {
    hedgedCall();

    time.advance(Duration.ofMinutes(10));

    assertThat(handler.signals).containsExactly("error");
    assertOverOnce(CallReport.Ending.FAILED);
  }

  @Test
  void contentInTimeMeansNoHedge() {
    ResilientStreamingChatModel model = saved(HEDGED);
    model.chat(Answers.hello(), handler);
    first.stream().onPartialResponse("from a");

    time.advance(AFTER);

    assertThat(second.requests()).isEmpty();
  }

  @Test
  void callWithToolsIsNotHedged() {
    saved(HEDGED)
        .chat(
            ChatRequest.builder()
                .messages(Answers.hello().messages())
                .toolSpecifications(ToolSpecification.builder().name("pay").build())
                .build(),
            handler);

    time.advance(AFTER);

    assertThat(second.requests()).isEmpty();
  }

  @Test
  void nothingIsHedgedUnlessThePolicySaysSo() {
    saved(RoutePolicy.DEFAULTS).chat(Answers.hello(), handler);

    time.advance(AFTER);

    assertThat(second.requests()).isEmpty();
  }

  @Test
  void atMostOneCallInTwentyIsHedged() {
    ResilientStreamingChatModel model = model(HEDGED);
    for (int call = 0; call < 60; call++) {
      RecordingHandler slow = new RecordingHandler();
      model.chat(Answers.hello(), slow);
      time.advance(AFTER);
      slow.handle.cancel();
    }

    assertThat(first.requests()).hasSize(60);
    assertThat(second.requests()).hasSize(3);
    assertThat(time.alarmsSet()).isZero();
  }

  /** A call that waits for two targets. */
  private void hedgedCall() {
    saved(HEDGED).chat(Answers.hello(), handler);
    reports.clear();
    time.advance(AFTER);
    assertThat(second.requests()).hasSize(1);
  }

  /** A model whose earlier calls, all answered at once, have saved up a hedge. */
  private ResilientStreamingChatModel saved(RoutePolicy policy) {
    ResilientStreamingChatModel model = model(policy);
    for (int call = 0; call < 20; call++) {
      model.chat(Answers.hello(), new RecordingHandler());
      first.stream().onCompleteResponse(Answers.text("quick"));
    }
    return model;
  }

  private ResilientStreamingChatModel model(RoutePolicy policy) {
    return ResilientStreamingChatModel.builder()
        .engine(Engine.builder().ticker(time).listener(listener()).build())
        .threads(new StreamThreads(Runnable::run, time))
        .target("a", first)
        .fallback("b", second)
        .policy(policy)
        .build();
  }

  private RouteListener listener() {
    return new RouteListener() {
      @Override
      public void onCall(CallReport report) {
        reports.add(report);
      }
    };
  }

  private void assertOverOnce(CallReport.Ending ending) {
    assertThat(reports).extracting(CallReport::ending).containsExactly(ending);
    assertThat(time.alarmsSet()).isZero();
  }
}
