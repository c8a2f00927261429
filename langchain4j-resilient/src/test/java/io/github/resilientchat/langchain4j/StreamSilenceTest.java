package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import io.github.resilientchat.core.adapter.StreamThreads;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.core.route.RoutePolicy;
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
          .threads(new StreamThreads(Runnable::run, time))
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

  /** Reasoning models, and prompts of 100,000 tokens. */
  @Test
  void byDefaultAFirstTokenMayTakeMostOfAMinute() {
    ResilientStreamingChatModel.builder()
        .engine(Engine.builder().ticker(time).build())
        .threads(new StreamThreads(Runnable::run, time))
        .target("a", first)
        .fallback("b", second)
        .build()
        .chat(Answers.hello(), handler);

    time.advance(Duration.ofSeconds(59));
    first.stream().onPartialResponse("late");

    assertThat(handler.signals).containsExactly("text late");
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
        .threads(new StreamThreads(waiting::add, time))
        .target("a", first)
        .policy(POLICY)
        .build()
        .chat(Answers.hello(), handler);

    time.advance(Duration.ofSeconds(3));
    assertThat(handler.signals).isEmpty();
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }

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

  /** As with a real client: it goes on while the handler is busy. */
  @Test
  void handlerThatTakesItsTimeDoesNotCountAgainstTheTarget() {
    RecordingHandler slow =
        new RecordingHandler() {
          @Override
          public void onPartialResponse(PartialResponse text, PartialResponseContext context) {
            super.onPartialResponse(text, context);
            for (int second = 0; text.text().equals("x") && second < 10; second++) {
              time.advance(SECOND);
              first.stream().onPartialResponse("y");
            }
          }
        };
    model.chat(Answers.hello(), slow);
    first.stream().onPartialResponse("x");

    first.stream().onCompleteResponse(Answers.text("x"));

    assertThat(slow.signals).hasSize(12).startsWith("text x", "text y").endsWith("complete");
  }

  /** Its client was asked to hold, and has nothing to say until the handler is through. */
  @Test
  void targetThatWaitsForTheHandlerIsNotSilent() {
    RecordingHandler slow =
        new RecordingHandler() {
          @Override
          public void onPartialResponse(PartialResponse text, PartialResponseContext context) {
            super.onPartialResponse(text, context);
            if (text.text().equals("x")) {
              first.stream().onPartialResponse("y".repeat(300_000));
              assertThat(first.exchange().hasRoom()).isFalse();
              for (int second = 0; second < 10; second++) {
                time.advance(SECOND);
              }
            }
          }
        };
    model.chat(Answers.hello(), slow);
    first.stream().onPartialResponse("x");
    assertThat(first.exchange().hasRoom()).isTrue();

    first.stream().onCompleteResponse(Answers.text("x"));

    assertThat(slow.signals).hasSize(3).endsWith("complete");
  }

  @Test
  void answerThatNobodyTakesFromAClientThatCannotBeHeldEndsBeforeItFillsTheHeap() {
    RecordingHandler stuck =
        new RecordingHandler() {
          @Override
          public void onPartialResponse(PartialResponse text, PartialResponseContext context) {
            super.onPartialResponse(new PartialResponse("some"), context);
            if (signals.size() == 1) {
              for (int mebibyte = 0; mebibyte < 20; mebibyte++) {
                first.stream().onPartialResponse("y".repeat(1 << 20));
              }
            }
          }
        };
    model.chat(Answers.hello(), stuck);
    first.stream().onPartialResponse("x");

    assertThat(stuck.signals).endsWith("error");
    assertThat(stuck.errors.get(0)).hasMessageContaining("ConsumerTooSlow");
    assertThat(first.stopped()).isEqualTo(1);
    assertThat(second.requests()).isEmpty();
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
