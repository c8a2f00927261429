package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialThinking;
import io.github.resilientchat.core.adapter.StreamThreads;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.core.report.UnknownRouteException;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class StreamFailoverTest {

  private final VirtualTime time = new VirtualTime();
  private final ScriptedStream first = ScriptedStream.named("model-a");
  private final ScriptedStream second = ScriptedStream.named("model-b");
  private final RecordingHandler handler = new RecordingHandler();

  @Test
  void fallbackStreamsWhenTheFirstTargetFailsBeforeContent() throws Exception {
    first.fails(new RateLimitException("slow down"));
    second.answers("from b");

    model().chat(Answers.hello(), handler);

    assertThat(handler.signals).containsExactly("text from b", "complete");
    assertThat(second.requests().get(0).modelName()).isEqualTo("model-b");
    assertThat(ResilientChatResponse.reportOf(handler.answer()).orElseThrow().servedBy())
        .contains(Target.named("b"));
  }

  @Test
  void exceptionThrownInsteadOfSignalledMovesOnToo() {
    first.then(
        to -> {
          throw new InternalServerException("down");
        });
    second.answers("from b");

    model().chat(Answers.hello(), handler);

    assertThat(handler.signals).containsExactly("text from b", "complete");
  }

  @Test
  void secondErrorOfOneAttemptIsDropped() {
    first.then(
        to -> {
          to.onError(new InternalServerException("down"));
          to.onError(new InternalServerException("down, said again by another thread"));
        });
    second.answers("from b");

    model().chat(Answers.hello(), handler);

    assertThat(second.requests()).hasSize(1);
    assertThat(handler.signals).containsExactly("text from b", "complete");
  }

  @Test
  void contentOfADeadAttemptNeverReachesTheHandler() throws Exception {
    model().chat(Answers.hello(), handler);
    first.stream().onError(new InternalServerException("down"));

    first.stream().onPartialResponse("late");
    second.stream().onPartialResponse("from b");
    first.stream().onPartialResponse("later");
    first.stream().onCompleteResponse(Answers.text("late"));
    second.stream().onCompleteResponse(Answers.text("from b"));

    assertThat(handler.signals).containsExactly("text from b", "complete");
    assertThat(handler.answer().aiMessage().text()).isEqualTo("from b");
  }

  @Test
  void nextAttemptStartsOnTheExecutorAndNotOnTheProvidersThread() {
    Deque<Runnable> waiting = new ArrayDeque<>();
    second.answers("from b");
    builder()
        .threads(new StreamThreads(waiting::add, time))
        .target("a", first)
        .fallback("b", second)
        .build()
        .chat(Answers.hello(), handler);

    first.stream().onError(new InternalServerException("down"));
    assertThat(second.requests()).isEmpty();
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }

    assertThat(handler.signals).containsExactly("text from b", "complete");
  }

  @Test
  void errorAfterTextEndsTheCallOnceWithWhatWasReceived() {
    model().chat(Answers.hello(), handler);
    first.stream().onPartialResponse("Hel");
    first.stream().onPartialResponse("lo");

    first.stream().onError(new InternalServerException("reset"));
    first.stream().onError(new InternalServerException("reset, said again"));

    assertThat(handler.signals).containsExactly("text Hel", "text lo", "error");
    StreamInterruptedException broken = (StreamInterruptedException) handler.errors.get(0);
    assertThat(broken.partialText()).isEqualTo("Hello");
    assertThat(broken.target()).isEqualTo(Target.named("a"));
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void thinkingAndToolCallsCommitLikeText() {
    first.then(
        to -> {
          to.onPartialThinking(new PartialThinking("hm"));
          to.onError(new InternalServerException("reset"));
        });
    model().chat(Answers.hello(), handler);
    RecordingHandler tool = new RecordingHandler();
    ScriptedStream calling =
        ScriptedStream.named("model-c")
            .then(
                to -> {
                  to.onCompleteToolCall(new CompleteToolCall(0, Answers.toolCall("pay", "{}")));
                  to.onError(new InternalServerException("reset"));
                });
    model(RoutePolicy.DEFAULTS, calling).chat(Answers.hello(), tool);

    assertThat(handler.signals).containsExactly("thinking hm", "error");
    assertThat(tool.signals).containsExactly("tool pay", "error");
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void refusedRequestReachesTheHandlerAsItIsAndNoOtherTarget() {
    InvalidRequestException refused = new InvalidRequestException("temperature must be below 1");
    first.fails(refused);

    model().chat(Answers.hello(), handler);

    assertThat(handler.errors).containsExactly(refused);
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void unknownRouteIsThrownAtOnce() {
    assertThatThrownBy(
            () -> model().chat(Answers.hello().toBuilder().modelName("nowhere").build(), handler))
        .isInstanceOf(UnknownRouteException.class);
    assertThat(handler.signals).isEmpty();
  }

  @Test
  void answerOfAModelThatNeverSaysWhyItEndsIsWhole() {
    first.then(
        to -> {
          to.onPartialResponse("Hello");
          to.onCompleteResponse(Answers.truncated("Hello"));
        });

    model().chat(Answers.hello(), handler);

    assertThat(handler.signals).containsExactly("text Hello", "complete");
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void answerWithoutAFinishReasonIsNoAnswerWhereTheClientPromisesOne() {
    first.then(
        to -> {
          first.exchange().promiseFinish();
          to.onCompleteResponse(Answers.truncated("Hel"));
        });
    second.answers("from b");

    model().chat(Answers.hello(), handler);

    assertThat(handler.signals).containsExactly("text from b", "complete");
  }

  @Test
  void answerCutAfterTextEndsTheCallWithAnError() {
    first.then(
        to -> {
          first.exchange().promiseFinish();
          to.onPartialResponse("Hel");
          to.onCompleteResponse(Answers.truncated("Hel"));
        });

    model().chat(Answers.hello(), handler);

    assertThat(handler.signals).containsExactly("text Hel", "error");
    assertThat(handler.errors.get(0))
        .isInstanceOf(StreamInterruptedException.class)
        .hasMessageContaining("TruncatedStream");
  }

  @Test
  void pauseBetweenAttemptsIsSatOutByTheTimer() {
    first.fails(new RateLimitException("slow down")).answers("from a at last");
    RoutePolicy patient = RoutePolicy.DEFAULTS.withMaxWait(Duration.ofSeconds(30));
    ResilientStreamingChatModel alone = builder().target("a", first).policy(patient).build();
    alone.chat(Answers.hello(), new RecordingHandler());
    assertThat(first.requests()).hasSize(1);

    alone.chat(Answers.hello(), handler);
    assertThat(first.requests()).hasSize(1);
    time.advance(Duration.ofSeconds(10));

    assertThat(handler.signals).containsExactly("text from a at last", "complete");
  }

  @Test
  void saysWhatHappenedAtEachTargetWhenNoneAnswers() {
    first.fails(new RateLimitException("slow down"));
    second.fails(new RateLimitException("slow down"));

    model().chat(Answers.hello(), handler);

    assertThat(handler.signals).containsExactly("error");
    assertThat(handler.errors.get(0))
        .isInstanceOf(NoTargetAvailableException.class)
        .hasMessageContaining("a: THROTTLED")
        .hasMessageContaining("b: THROTTLED");
  }

  private ResilientStreamingChatModel model() {
    return model(RoutePolicy.DEFAULTS, first);
  }

  private ResilientStreamingChatModel model(RoutePolicy policy, ScriptedStream primary) {
    return builder().target("a", primary).fallback("b", second).policy(policy).build();
  }

  private ResilientStreamingChatModel.Builder builder() {
    return ResilientStreamingChatModel.builder()
        .engine(Engine.builder().ticker(time).build())
        .threads(new StreamThreads(Runnable::run, time));
  }
}
