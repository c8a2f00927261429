package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import io.github.resilientchat.core.adapter.StreamThreads;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.core.route.Resume;
import io.github.resilientchat.core.route.RoutePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamRestartTest {

  private static final RoutePolicy POLICY =
      RoutePolicy.DEFAULTS.withTimeout(Duration.ofSeconds(20));

  private final VirtualTime time = new VirtualTime();
  private final ScriptedStream first = ScriptedStream.named("model-a");
  private final ScriptedStream second = ScriptedStream.named("model-b");
  private final List<CallReport> calls = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private final Restartable handler = new Restartable();

  @Test
  void brokenStreamStartsAgainFromScratchAfterTheMark() throws Exception {
    model().chat(Answers.hello(), handler);
    first.stream().onPartialResponse("Hel");
    time.advance(Duration.ofSeconds(5));
    throttleFirst();
    second.stream().onPartialResponse("Hello");
    second.stream().onCompleteResponse(Answers.text("Hello"));

    assertThat(handler.signals)
        .containsExactly("text Hel", "restart after Hel", "text Hello", "complete");
    CallReport report = ResilientChatResponse.reportOf(handler.answer()).orElseThrow();
    assertThat(report.attempts()).hasSize(2);
    assertThat(report.moves()).contains("a: THROTTLED (RateLimitException)");
    assertThat(report.elapsed()).isEqualTo(Duration.ofSeconds(5));
    assertThat(time.alarmsSet()).isZero();
  }

  @Test
  void bothTriesAreCallsOfTheEngineAndOneForListeners() {
    model().chat(Answers.hello(), handler);
    first.stream().onPartialResponse("Hel");
    throttleFirst();
    second.stream().onCompleteResponse(Answers.text("Hello"));

    assertThat(calls)
        .extracting(CallReport::ending)
        .containsExactly(CallReport.Ending.FAILED, CallReport.Ending.ANSWERED);
    assertThat(calls.get(0).usage().output()).isPositive();
    assertThat(heard).containsExactly("request", "response after restart");
  }

  @Test
  void secondBreakIsTheLast() {
    model().chat(Answers.hello(), handler);
    first.stream().onPartialResponse("Hel");
    throttleFirst();
    second.stream().onPartialResponse("Hell");
    second.stream().onError(new InternalServerException("reset"));

    assertThat(handler.signals)
        .containsExactly("text Hel", "restart after Hel", "text Hell", "error");
    StreamInterruptedException error = (StreamInterruptedException) handler.error();
    assertThat(error.partialText()).isEqualTo("Hell");
    assertThat(heard).containsExactly("request", "error");
  }

  @Test
  void handlerThatCannotBeToldGetsTheErrorWhateverTheRouteSays() {
    RecordingHandler plain = new RecordingHandler();
    model(POLICY.withResume(Resume.RESTART)).chat(Answers.hello(), plain);
    first.stream().onPartialResponse("Hel");
    throttleFirst();

    assertThat(plain.error()).isInstanceOf(StreamInterruptedException.class);
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void onlyTheTimeThatIsLeftIsSpent() {
    model().chat(Answers.hello(), handler);
    for (int second = 0; second < 15; second++) {
      first.stream().onPartialResponse("x");
      time.advance(Duration.ofSeconds(1));
    }
    throttleFirst();
    for (int passed = 0; passed < 6; passed++) {
      second.stream().onPartialResponse("y");
      time.advance(Duration.ofSeconds(1));
    }

    assertThat(handler.signals).endsWith("error");
    assertThat(handler.errors).hasSize(1);
    assertThat(calls.get(1).elapsed()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void failureThatNoNewCallCanMendIsToldAsItIs() {
    model().chat(Answers.hello(), handler);
    first.stream().onPartialResponse("Hel");
    first.stream().onError(new InvalidRequestException("no such thing"));

    assertThat(handler.signals).containsExactly("text Hel", "error");
  }

  @Test
  void everyOtherHandlerGetsTheError() {
    RecordingHandler plain = new RecordingHandler();
    model().chat(Answers.hello(), plain);
    first.stream().onPartialResponse("Hel");
    throttleFirst();

    assertThat(plain.signals).containsExactly("text Hel", "error");
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void cancelledInTheMarkNothingStartsAgain() {
    Restartable leaving =
        new Restartable() {
          @Override
          public void onRestart(StreamInterruptedException why) {
            super.onRestart(why);
            handle.cancel();
          }
        };
    model().chat(Answers.hello(), leaving);
    first.stream().onPartialResponse("Hel");
    throttleFirst();

    assertThat(leaving.signals).containsExactly("text Hel", "restart after Hel");
    assertThat(second.requests()).isEmpty();
    assertThat(time.alarmsSet()).isZero();
  }

  /** A throttled place rests, so that the new call goes to the other target. */
  private void throttleFirst() {
    first.stream().onError(new RateLimitException("too many requests"));
  }

  private ResilientStreamingChatModel model() {
    return model(POLICY);
  }

  private ResilientStreamingChatModel model(RoutePolicy policy) {
    return ResilientStreamingChatModel.builder()
        .engine(
            Engine.builder()
                .ticker(time)
                .listener(
                    new RouteListener() {
                      @Override
                      public void onCall(CallReport report) {
                        calls.add(report);
                      }
                    })
                .build())
        .threads(new StreamThreads(Runnable::run, time))
        .target("a", first)
        .fallback("b", second)
        .policy(policy)
        .listeners(List.of(new Listening()))
        .build();
  }

  private static class Restartable extends RecordingHandler implements RestartableHandler {
    @Override
    public void onRestart(StreamInterruptedException why) {
      signals.add("restart after " + why.partialText());
    }
  }

  private final class Listening implements ChatModelListener {
    @Override
    public void onRequest(ChatModelRequestContext context) {
      heard.add("request");
    }

    @Override
    public void onResponse(ChatModelResponseContext context) {
      boolean restarted =
          context.attributes().get(RestartableHandler.RESTARTED_ATTRIBUTE)
              instanceof StreamInterruptedException;
      heard.add(restarted ? "response after restart" : "response");
    }

    @Override
    public void onError(ChatModelErrorContext context) {
      heard.add("error");
    }
  }
}
