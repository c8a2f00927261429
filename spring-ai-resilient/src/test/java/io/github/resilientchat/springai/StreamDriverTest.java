package io.github.resilientchat.springai;

import static io.github.resilientchat.springai.ScriptedChatModel.end;
import static io.github.resilientchat.springai.ScriptedChatModel.silent;
import static io.github.resilientchat.springai.ScriptedChatModel.streaming;
import static io.github.resilientchat.springai.ScriptedChatModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.CallTimeoutException;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** Streams of scripted models, driven on a clock that only the test moves. */
class StreamDriverTest extends VirtualTimeTest {

  @Test
  void silentPartsOfAFailedTargetAreNeverSeen() {
    ChatModel failing = streaming(Flux.just(silent("a")).concatWith(Flux.error(new IOException())));
    ChatModel answering = streaming(Flux.just(silent("b"), text("hi"), end(1, 1)));

    StepVerifier.create(stream(failing, answering).map(part -> part.getMetadata().getId()))
        .expectNext("b", "", "r1")
        .verifyComplete();
  }

  @Test
  void silentPartsAreHeldBackOnlySoFarAndNoneIsLost() {
    List<ChatResponse> parts = new ArrayList<>();
    IntStream.range(0, 100).forEach(i -> parts.add(silent("s" + i)));
    parts.add(text("hi"));
    parts.add(end(1, 1));

    StepVerifier.create(stream(streaming(Flux.fromIterable(parts))))
        .expectNextCount(100 + 2)
        .verifyComplete();
  }

  @Test
  void endWithoutFinishReasonBeforeContentMovesOn() {
    StepVerifier.create(
            words(
                stream(
                    streaming(Words.promised(Flux.empty())),
                    streaming(Flux.just(text("hi"), end(1, 1))))))
        .expectNext("hi")
        .verifyComplete();
  }

  @Test
  void endWithoutFinishReasonAfterContentIsAnError() {
    StepVerifier.create(words(stream(streaming(Words.promised(Flux.just(text("half")))))))
        .expectNext("half")
        .expectErrorSatisfies(
            error ->
                assertThat(((StreamInterruptedException) error).partialText()).isEqualTo("half"))
        .verify();
  }

  @Test
  void answerWithoutAnyContentIsAnAnswer() {
    StepVerifier.create(stream(streaming(Flux.just(end(3, 0)))))
        .expectNextCount(1)
        .verifyComplete();

    assertThat(calls).extracting(CallReport::ending).containsExactly(CallReport.Ending.ANSWERED);
  }

  @Test
  void silentPartsDoNotProlongTheWaitForTheFirstToken() {
    TestPublisher<ChatResponse> primary = TestPublisher.create();
    ChatModel fallback = streaming(Flux.just(text("hi"), end(1, 1)));

    StepVerifier.create(words(stream(streaming(primary.flux()), fallback)))
        .then(() -> time.advanceTimeBy(FIRST_TOKEN.minusMillis(1)))
        .then(() -> primary.next(silent("still here")))
        .then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
        .then(primary::assertCancelled)
        .expectNext("hi")
        .verifyComplete();
  }

  @Test
  void everyTokenProlongsTheWaitForTheNext() {
    TestPublisher<ChatResponse> model = TestPublisher.create();

    StepVerifier.create(words(stream(streaming(model.flux()))))
        .then(() -> model.next(text("a")))
        .then(() -> time.advanceTimeBy(IDLE.minusMillis(1)))
        .then(() -> model.next(text("b")))
        .then(() -> time.advanceTimeBy(IDLE.minusMillis(1)))
        .then(model::assertNotCancelled)
        .then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
        .then(model::assertCancelled)
        .expectNext("a", "b")
        .expectErrorSatisfies(error -> assertThat(error).hasMessageContaining("IdleTimeout"))
        .verify();
  }

  @Test
  void wholeCallEndsAtItsDeadlineHoweverOftenItMoves() {
    RoutePolicy policy = RoutePolicy.DEFAULTS.withTimeout(FIRST_TOKEN.plusSeconds(1));
    Flux<ChatResponse> answer =
        model(Engine.builder(), policy, streaming(Flux.never()), streaming(Flux.never())).stream(
            new Prompt("hi"));

    StepVerifier.create(answer)
        .then(() -> time.advanceTimeBy(FIRST_TOKEN.plusSeconds(1)))
        .expectError(CallTimeoutException.class)
        .verify();
  }

  @Test
  void sameTargetIsAskedAgainAfterItsPause() {
    ScriptedChatModel model =
        streaming(Flux.error(new NotReady()), Flux.just(text("hi"), end(1, 1)));

    StepVerifier.create(words(stream(model)))
        .then(() -> time.advanceTimeBy(Duration.ofSeconds(5)))
        .expectNext("hi")
        .verifyComplete();
    assertThat(model.prompts).hasSize(2);
  }

  @Test
  void callerWhoLeavesDuringAPauseEndsTheCall() {
    ScriptedChatModel model = streaming(Flux.error(new NotReady()), Flux.never());

    StepVerifier.create(stream(model))
        .then(() -> assertThat(model.prompts).hasSize(1))
        .thenCancel()
        .verify();
    time.advanceTimeBy(Duration.ofSeconds(5));

    assertThat(model.prompts).hasSize(1);
    assertThat(calls).extracting(CallReport::ending).containsExactly(CallReport.Ending.CANCELLED);
  }

  @Test
  void callerWhoLeavesAfterAMoveCancelsTheFallback() {
    TestPublisher<ChatResponse> fallback = TestPublisher.create();

    StepVerifier.create(
            stream(streaming(Flux.error(new IOException())), streaming(fallback.flux())))
        .then(() -> fallback.assertSubscribers(1))
        .thenCancel()
        .verify();

    fallback.assertCancelled();
    assertThat(calls).extracting(CallReport::ending).containsExactly(CallReport.Ending.CANCELLED);
  }

  @Test
  void callerWhoLeavesAtOnceMakesNoCall() {
    ScriptedChatModel model = streaming(Flux.never());

    StepVerifier.create(stream(model)).thenCancel().verify();

    assertThat(model.prompts).isEmpty();
    assertThat(calls).isEmpty();
  }

  @Test
  void callerWhoLeavesCancelsTheModel() {
    TestPublisher<ChatResponse> model = TestPublisher.create();

    StepVerifier.create(stream(streaming(model.flux())))
        .then(() -> model.next(text("a")))
        .expectNextCount(1)
        .thenCancel()
        .verify();

    model.assertCancelled();
    assertThat(calls).extracting(CallReport::ending).containsExactly(CallReport.Ending.CANCELLED);
  }

  @Test
  void modelThatSignalsAfterItsEndIsNotHeard() {
    TestPublisher<ChatResponse> model =
        TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);

    StepVerifier.create(words(stream(streaming(model.flux()))))
        .then(() -> model.next(text("a"), end(1, 1)))
        .then(model::complete)
        .then(model::complete)
        .expectNext("a")
        .verifyComplete();
    assertThat(calls).hasSize(1);
  }

  @Test
  void modelThatThrowsInsteadOfStreamingIsAFailedAttempt() {
    ChatModel cannotStream = prompt -> end(1, 1);

    StepVerifier.create(stream(cannotStream))
        .expectError(UnsupportedOperationException.class)
        .verify();
  }

  @Test
  void everySubscriptionIsACallOfItsOwn() {
    AtomicInteger started = new AtomicInteger();
    Flux<ChatResponse> script =
        Flux.defer(
            () -> {
              started.incrementAndGet();
              return Flux.just(text("hi"), end(1, 1));
            });
    Flux<ChatResponse> answer = stream(streaming(script, script));
    assertThat(started).hasValue(0);

    StepVerifier.create(answer).expectNextCount(2).verifyComplete();
    StepVerifier.create(answer).expectNextCount(2).verifyComplete();

    assertThat(started).hasValue(2);
  }

  @Test
  void lastPartKeepsWhatTheModelSaidAndCountsItsTokens() {
    StepVerifier.create(stream(streaming(Flux.just(text("hi"), end(7, 5)))).takeLast(1))
        .assertNext(
            part -> {
              assertThat(part.getMetadata().getId()).isEqualTo("r1");
              assertThat(part.getMetadata().<String>get("kept")).isEqualTo("yes");
              assertThat(part.getMetadata().<String>get("resilient.target")).isEqualTo("t0");
              assertThat(part.getResult().getMetadata().<String>get("said")).isEqualTo("so");
            })
        .verifyComplete();

    assertThat(calls.get(0).usage()).isEqualTo(Usage.of(7, 5));
  }

  @Test
  void permitsComeBackHoweverAStreamEnds() {
    Target one = Target.builder("one").limits(Limits.parse("1par")).build();
    ScriptedChatModel model =
        streaming(
            Words.promised(Flux.just(text("a"))),
            Flux.never(),
            Flux.error(new IllegalArgumentException()),
            Flux.just(end(1, 1)));
    Flux<ChatResponse> answer =
        ResilientChatModel.builder()
            .engine(engine(Engine.builder()))
            .threads(threads())
            .target(one, model)
            .build()
            .stream(new Prompt("hi"));

    StepVerifier.create(answer).expectNextCount(1).verifyError(StreamInterruptedException.class);
    StepVerifier.create(answer)
        .then(() -> assertThat(model.prompts).hasSize(2))
        .thenCancel()
        .verify();
    StepVerifier.create(answer).verifyError(IllegalArgumentException.class);
    StepVerifier.create(answer).expectNextCount(1).verifyComplete();
  }

  private static final class NotReady extends RuntimeException {}

  private Flux<ChatResponse> stream(ChatModel... models) {
    Engine.Builder engine =
        Engine.builder()
            .classifier(
                FailureClassifier.chain(
                    List.of(
                        error ->
                            error instanceof NotReady
                                ? Optional.of(Failure.of(FailureKind.NOT_READY, "NotReady"))
                                : Optional.empty())));
    return model(engine, RoutePolicy.DEFAULTS, models).stream(new Prompt("hi"));
  }
}
