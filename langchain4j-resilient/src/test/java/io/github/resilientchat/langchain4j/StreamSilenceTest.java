package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import io.github.resilientchat.core.Engine;
import io.github.resilientchat.core.RoutePolicy;
import io.github.resilientchat.core.StreamInterruptedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class StreamSilenceTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final RoutePolicy POLICY =
      RoutePolicy.DEFAULTS
          .withFirstTokenTimeout(Duration.ofSeconds(3))
          .withIdleTimeout(Duration.ofSeconds(2))
          .withTimeout(Duration.ofSeconds(20));

  private final VirtualTime time = new VirtualTime();
  private final ScriptedStream first = ScriptedStream.named("model-a");
  private final ScriptedStream second = ScriptedStream.named("model-b");
  private final RecordingHandler handler = new RecordingHandler();
  private final ResilientStreamingChatModel model =
      ResilientStreamingChatModel.builder()
          .engine(Engine.builder().ticker(time).build())
          .alarms(time)
          .executor(Runnable::run)
          .target("a", first)
          .fallback("b", second)
          .policy(POLICY)
          .build();

  @Test
  void targetThatSaysNothingIsLeftForTheNextAndItsExchangeClosed() {
    second.answers("from b");
    model.chat(Answers.hello(), handler);

    time.advance(Duration.ofSeconds(3));

    assertThat(handler.signals).containsExactly("text from b", "complete");
    assertThat(first.stopped()).isEqualTo(1);
    assertThat(time.alarmsSet()).isZero();
  }

  @Test
  void streamThatFallsSilentAfterTextEndsWithAnError() {
    model.chat(Answers.hello(), handler);
    first.stream().onPartialResponse("Hel");

    time.advance(Duration.ofSeconds(2));

    assertThat(handler.signals).containsExactly("text Hel", "error");
    assertThat(handler.errors.get(0))
        .isInstanceOf(StreamInterruptedException.class)
        .hasMessageContaining("IdleTimeout")
        .hasRootCauseMessage("no further token within 2000 ms");
    assertThat(first.stopped()).isEqualTo(1);
  }

  @Test
  void handlerIsNeverCalledOnTheTimersThread() {
    Deque<Runnable> waiting = new ArrayDeque<>();
    ResilientStreamingChatModel.builder()
        .engine(Engine.builder().ticker(time).build())
        .alarms(time)
        .executor(waiting::add)
        .target("a", first)
        .policy(POLICY)
        .build()
        .chat(Answers.hello(), handler);

    time.advance(Duration.ofSeconds(3));
    assertThat(handler.signals).isEmpty();
    waiting.remove().run();

    assertThat(handler.signals).containsExactly("error");
  }

  @Test
  void everyTokenStartsTheWaitAnew() {
    model.chat(Answers.hello(), handler);
    for (int token = 0; token < 5; token++) {
      first.stream().onPartialResponse("x");
      time.advance(Duration.ofMillis(1900));
    }
    first.stream().onCompleteResponse(Answers.text("xxxxx"));

    assertThat(handler.signals).hasSize(6).endsWith("complete");
    assertThat(time.alarmsSet()).isZero();
  }

  @Test
  void callsDeadlineEndsAStreamThatStillFlows() {
    model.chat(Answers.hello(), handler);
    for (int passed = 0; passed < 20; passed++) {
      first.stream().onPartialResponse("x");
      time.advance(SECOND);
    }

    assertThat(handler.signals).hasSize(21).endsWith("error");
  }

  @Test
  void handlerThatTakesItsTimeDoesNotCountAgainstTheTarget() {
    RecordingHandler slow =
        new RecordingHandler() {
          @Override
          public void onPartialResponse(PartialResponse text, PartialResponseContext context) {
            super.onPartialResponse(text, context);
            time.advance(Duration.ofSeconds(10));
          }
        };
    model.chat(Answers.hello(), slow);
    first.stream().onPartialResponse("x");

    first.stream().onCompleteResponse(Answers.text("x"));

    assertThat(slow.signals).containsExactly("text x", "complete");
  }

  @Test
  void silenceAfterAnErrorIsNobodysFailure() {
    second.answers("from b");
    model.chat(Answers.hello(), handler);
    first.stream().onError(new InternalServerException("down"));

    assertThat(time.alarmsSet()).isZero();
    time.advance(Duration.ofSeconds(60));
    assertThat(handler.signals).containsExactly("text from b", "complete");
  }
}
