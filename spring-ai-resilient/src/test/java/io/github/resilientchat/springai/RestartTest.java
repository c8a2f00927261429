package io.github.resilientchat.springai;

import static io.github.resilientchat.springai.ScriptedChatModel.end;
import static io.github.resilientchat.springai.ScriptedChatModel.streaming;
import static io.github.resilientchat.springai.ScriptedChatModel.text;
import static io.github.resilientchat.springai.ScriptedChatModel.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.core.route.Resume;
import io.github.resilientchat.core.route.RoutePolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** A consumer that can discard what it received gets a fresh answer when a stream breaks. */
class RestartTest extends VirtualTimeTest {

  private static final Prompt HELLO = new Prompt("hello");
  private static final Flux<ChatResponse> WHOLE = Flux.just(text("whole"), end(1, 1));
  private static final Flux<ChatResponse> BROKEN =
      Flux.just(text("half")).concatWith(Flux.error(new IOException()));

  @Test
  void nothingIsRestartedUnlessAskedFor() {
    ScriptedChatModel model = streaming(BROKEN, WHOLE);

    StepVerifier.create(words(stream(model, HELLO)))
        .expectNext("half")
        .verifyError(StreamInterruptedException.class);
    assertThat(model.prompts).hasSize(1);
  }

  @Test
  void brokenAnswerIsFollowedByAMarkerAndAFreshOne() {
    StepVerifier.create(restarted(streaming(BROKEN, WHOLE), HELLO))
        .assertNext(part -> assertThat(Words.of(part)).isEqualTo("half"))
        .assertNext(RestartTest::assertMarker)
        .assertNext(part -> assertThat(Words.of(part)).isEqualTo("whole"))
        .assertNext(
            last -> assertThat(last.getMetadata().<Integer>get("resilient.attempts")).isEqualTo(2))
        .verifyComplete();

    assertThat(calls)
        .extracting(CallReport::ending)
        .containsExactly(CallReport.Ending.FAILED, CallReport.Ending.ANSWERED);
    assertThat(calls.get(0).usage().output()).isPositive();
  }

  @Test
  void routeMayAskForAllItsConsumers() {
    RoutePolicy policy = RoutePolicy.DEFAULTS.withResume(Resume.RESTART);

    StepVerifier.create(model(Engine.builder(), policy, streaming(BROKEN, WHOLE)).stream(HELLO))
        .assertNext(part -> assertThat(Words.of(part)).isEqualTo("half"))
        .assertNext(RestartTest::assertMarker)
        .assertNext(part -> assertThat(Words.of(part)).isEqualTo("whole"))
        .expectNextCount(1)
        .verifyComplete();
  }

  private static void assertMarker(ChatResponse part) {
    assertThat(BrokenStreams.isRestart(part)).isTrue();
    assertThat(Chunks.hasContent(part)).isFalse();
    assertThat(part.getMetadata().<String>get("resilient.restarted.reason"))
        .contains("t0", "broke after content", "UNAVAILABLE")
        .doesNotContain("half");
    assertThat(part.getResult().getMetadata().<Boolean>get("resilient.restarted")).isTrue();
  }

  @Test
  void freshAnswerThatBreaksTooIsTheEnd() {
    ScriptedChatModel model = streaming(BROKEN, BROKEN, WHOLE);

    StepVerifier.create(words(restarted(model, HELLO)))
        .expectNext("half", "half")
        .expectErrorSatisfies(
            error ->
                assertThat(error)
                    .isInstanceOf(StreamInterruptedException.class)
                    .satisfies(
                        again ->
                            assertThat(again.getSuppressed())
                                .hasAtLeastOneElementOfType(StreamInterruptedException.class)))
        .verify();
    assertThat(model.prompts).hasSize(2);
  }

  @Test
  void nothingIsRestartedWhenTheTimeIsOver() {
    ScriptedChatModel model = streaming(Flux.just(text("half")).concatWith(Flux.never()), WHOLE);
    RoutePolicy policy = RoutePolicy.DEFAULTS.withTimeout(IDLE);

    StepVerifier.create(
            words(
                model(Engine.builder(), policy, model).stream(HELLO)
                    .contextWrite(BrokenStreams.restart())))
        .then(() -> time.advanceTimeBy(IDLE))
        .expectNext("half")
        .verifyError(StreamInterruptedException.class);
    assertThat(model.prompts).hasSize(1);
  }

  @Test
  void freshAnswerHasOnlyTheTimeThatIsLeft() {
    Duration past = Duration.ofSeconds(50);
    ScriptedChatModel model =
        streaming(
            Flux.just(text("half")).concatWith(Flux.never()),
            Flux.just(text("late")).concatWith(Flux.never()));
    RoutePolicy policy = RoutePolicy.DEFAULTS.withTimeout(past).withIdleTimeout(IDLE);

    StepVerifier.create(
            words(
                model(Engine.builder(), policy, model).stream(HELLO)
                    .contextWrite(BrokenStreams.restart())))
        .then(() -> time.advanceTimeBy(IDLE))
        .expectNext("half", "late")
        .then(() -> time.advanceTimeBy(past.minus(IDLE)))
        .verifyError();
    assertThat(model.prompts).hasSize(2);
  }

  @Test
  void callerWhoLeavesStopsTheFreshAnswer() {
    Flux<ChatResponse> endless = Flux.just(text("whole")).concatWith(Flux.never());

    StepVerifier.create(words(restarted(streaming(BROKEN, endless), HELLO)))
        .expectNext("half", "whole")
        .thenCancel()
        .verify();

    assertThat(lastCall().ending()).isEqualTo(CallReport.Ending.CANCELLED);
  }

  @Test
  void brokenAnswerAroundAToolIsForgottenInTheConversation() {
    CountingTool tool = CountingTool.doing(() -> {});
    ScriptedChatModel model = streaming(BROKEN, Flux.just(text("I book."), toolCallEnd()), WHOLE);

    StepVerifier.create(words(restarted(model, BedrockContract.withTools(tool))))
        .expectNext("half", "I book.", "whole")
        .verifyComplete();

    assertThat(tool.runs).hasValue(1);
    assertThat(model.prompts.get(2).getContents()).doesNotContain("half");
  }

  private static ChatResponse toolCallEnd() {
    ChatResponse call = toolCall("book", "{}");
    return ChatResponse.builder()
        .from(end(1, 1))
        .generations(
            List.of(
                new Generation(call.getResult().getOutput(), end(1, 1).getResult().getMetadata())))
        .build();
  }

  private Flux<ChatResponse> restarted(ScriptedChatModel model, Prompt prompt) {
    return stream(model, prompt).contextWrite(BrokenStreams.restart());
  }

  private Flux<ChatResponse> stream(ScriptedChatModel model, Prompt prompt) {
    return model(Engine.builder(), RoutePolicy.DEFAULTS, model).stream(prompt);
  }
}
