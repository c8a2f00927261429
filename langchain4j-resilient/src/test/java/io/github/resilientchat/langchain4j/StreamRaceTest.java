package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.InternalServerException;
import io.github.resilientchat.core.adapter.StreamThreads;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.BreakerPolicy;
import io.github.resilientchat.core.route.HedgePolicy;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens, an end, an error said twice, silence and a cancellation, all at the same moment. */
class StreamRaceTest {

  private static final int ROUNDS = 2_000;
  private static final BreakerPolicy NEVER_OPEN =
      new BreakerPolicy(100, 1_000_000, Duration.ofSeconds(30), Duration.ofSeconds(15), 1);

  private final VirtualTime time = new VirtualTime();
  private final ExecutorService racers = Executors.newCachedThreadPool();
  private final AtomicInteger callsEnded = new AtomicInteger();
  private final Engine engine =
      Engine.builder()
          .ticker(time)
          .listener(
              new RouteListener() {
                @Override
                public void onCall(CallReport report) {
                  callsEnded.incrementAndGet();
                }
              })
          .build();

  @AfterEach
  void stop() {
    racers.shutdownNow();
  }

  @Test
  void callEndsOnceAndItsPermitsComeBackWhoeverEndsIt() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      ScriptedStream stream = ScriptedStream.named("model-a");
      RecordingHandler handler = new RecordingHandler();
      // One call at a time: a permit that is not given back blocks the next round.
      model(stream).chat(Answers.hello(), handler);
      assertThat(handler.signals).isEmpty();

      race(
          () -> stream.stream().onPartialResponse("x"),
          () -> stream.stream().onCompleteResponse(Answers.text("x")),
          () -> stream.stream().onError(new InternalServerException("reset")),
          () -> stream.stream().onError(new InternalServerException("reset, said again")),
          () -> time.advance(Duration.ofSeconds(60)),
          handler.handle::cancel);

      assertThat(callsEnded).hasValue(round + 1);
      List<String> ends =
          handler.signals.stream().filter(signal -> !signal.startsWith("text")).toList();
      assertThat(ends).hasSizeLessThanOrEqualTo(1);
      assertThat(handler.signals).endsWith(ends.toArray(String[]::new));
      assertThat(time.alarmsSet()).isZero();
    }
  }

  @Test
  void hedgedCallEndsOnceAndTakesContentFromOneTarget() throws Exception {
    ScriptedStream late = ScriptedStream.named("model-a");
    ScriptedStream hedge = ScriptedStream.named("model-b");
    ResilientStreamingChatModel model = hedged(late, hedge);
    int ended = 0;
    for (int round = 0; round < ROUNDS / 20; round++) {
      for (int quick = 0; quick < 20; quick++) {
        model.chat(Answers.hello(), new RecordingHandler());
        late.stream().onCompleteResponse(Answers.text("quick"));
        ended++;
      }
      RecordingHandler handler = new RecordingHandler();
      model.chat(Answers.hello(), handler);
      time.advance(Duration.ofMillis(500));
      assertThat(hedge.requests()).hasSize(round + 1);

      race(
          () -> late.stream().onPartialResponse("a"),
          () -> hedge.stream().onPartialResponse("b"),
          () -> late.stream().onCompleteResponse(Answers.text("a")),
          () -> hedge.stream().onCompleteResponse(Answers.text("b")),
          () -> hedge.stream().onError(new InternalServerException("reset")),
          handler.handle::cancel);

      assertThat(callsEnded).hasValue(++ended);
      assertThat(handler.signals)
          .doesNotContainSequence("text a", "text b")
          .doesNotContainSequence("text b", "text a");
      assertThat(handler.signals.stream().filter(signal -> !signal.startsWith("text")).count())
          .isLessThanOrEqualTo(1);
      assertThat(time.alarmsSet()).isZero();
    }
  }

  @Test
  void tokenThatRacesItsOwnFailureNeverBlocksTheNextTarget() throws Exception {
    ScriptedStream first = ScriptedStream.named("model-a");
    ScriptedStream second = ScriptedStream.named("model-b").answers("b");
    ResilientStreamingChatModel model = hedged(first, second);
    for (int round = 0; round < ROUNDS; round++) {
      RecordingHandler handler = new RecordingHandler();
      model.chat(Answers.hello(), handler);

      race(
          () -> first.stream().onPartialResponse("a"),
          () -> first.stream().onPartialResponse("aa"),
          () -> first.stream().onError(new InternalServerException("reset")));

      assertThat(handler.end).isDone();
      assertThat(callsEnded).hasValue(round + 1);
    }
  }

  private ResilientStreamingChatModel hedged(ScriptedStream late, ScriptedStream hedge) {
    // A slot that is not given back makes the target scarce, and scarce targets are not hedged.
    return ResilientStreamingChatModel.builder()
        .engine(engine)
        .threads(new StreamThreads(Runnable::run, time))
        .target(Target.builder("a").limits(Limits.parse("2par")).build(), late)
        .fallback(Target.builder("b").limits(Limits.parse("2par")).build(), hedge)
        .policy(
            RoutePolicy.DEFAULTS
                .withBreaker(NEVER_OPEN)
                .withHedge(new HedgePolicy(Duration.ofMillis(500), 5)))
        .build();
  }

  private ResilientStreamingChatModel model(ScriptedStream stream) {
    Target single = Target.builder("a").limits(Limits.parse("1par")).build();
    return ResilientStreamingChatModel.builder()
        .engine(engine)
        .threads(new StreamThreads(Runnable::run, time))
        .target(single, stream)
        .policy(RoutePolicy.DEFAULTS.withBreaker(NEVER_OPEN))
        .build();
  }

  private void race(Runnable... moves) throws Exception {
    CyclicBarrier start = new CyclicBarrier(moves.length);
    List<Future<?>> running = new ArrayList<>();
    for (Runnable move : moves) {
      Callable<Void> racer =
          () -> {
            start.await(30, TimeUnit.SECONDS);
            move.run();
            return null;
          };
      running.add(racers.submit(racer));
    }
    for (Future<?> racer : running) {
      racer.get(30, TimeUnit.SECONDS);
    }
  }
}
