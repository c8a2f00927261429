package io.github.resilientchat.springai;

import static io.github.resilientchat.springai.ScriptedChatModel.end;
import static io.github.resilientchat.springai.ScriptedChatModel.streaming;
import static io.github.resilientchat.springai.ScriptedChatModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.CallReport;
import io.github.resilientchat.core.Engine;
import io.github.resilientchat.core.StreamInterruptedException;
import io.github.resilientchat.core.Target;
import io.github.resilientchat.core.quota.Limits;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** Whatever a call holds comes back, whenever its caller leaves. */
class LeavingCallerTest extends VirtualStreams {

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
  void callerWhoLeavesAtOnceEndsTheCallBeforeTheModelIsAsked() {
    ScriptedChatModel model = streaming(Flux.never());

    StepVerifier.create(stream(model)).thenCancel().verify();

    assertThat(model.prompts).isEmpty();
    assertThat(calls).extracting(CallReport::ending).containsExactly(CallReport.Ending.CANCELLED);
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
  void permitsComeBackHoweverAStreamEnds() {
    Target one = Target.builder("one").limits(Limits.parse("1par")).build();
    ScriptedChatModel model =
        streaming(
            Flux.just(text("a")),
            Flux.never(),
            Flux.error(new IllegalArgumentException()),
            Flux.just(end(1, 1)));
    Flux<ChatResponse> answer =
        ResilientChatModel.builder()
            .engine(engine(Engine.builder()))
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
}
