package io.github.resilientchat.springai;

import static io.github.resilientchat.springai.ScriptedChatModel.end;
import static io.github.resilientchat.springai.ScriptedChatModel.silent;
import static io.github.resilientchat.springai.ScriptedChatModel.streaming;
import static io.github.resilientchat.springai.ScriptedChatModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.core.route.HedgePolicy;
import io.github.resilientchat.core.route.RoutePolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** A second model is asked when the first is slow to begin; one of them answers. */
class HedgingTest extends VirtualTimeTest {

  private static final Duration AFTER = Duration.ofSeconds(2);
  private static final RoutePolicy HEDGED =
      RoutePolicy.DEFAULTS.withHedge(new HedgePolicy(AFTER, 5));
  private static final Flux<ChatResponse> PROMPT = Flux.just(text("hi"), end(1, 1));

  /** Every call saves a twentieth of a hedge. */
  private static final int CALLS_PER_HEDGE = 20;

  private final TestPublisher<ChatResponse> first = TestPublisher.create();
  private final TestPublisher<ChatResponse> second = TestPublisher.create();
  private final ScriptedChatModel slow = new ScriptedChatModel();
  private final ScriptedChatModel spare = streaming().then(second.flux());
  private Flux<ChatResponse> answer;

  @BeforeEach
  void saveUpForAHedge() {
    answer = saved(HEDGED, CALLS_PER_HEDGE - 1);
  }

  private Flux<ChatResponse> saved(RoutePolicy policy, int callsBefore) {
    Flux<ChatResponse> hedged =
        model(Engine.builder(), policy, slow, spare).stream(new Prompt("hello"));
    slow.then(PROMPT);
    IntStream.range(0, callsBefore)
        .forEach(call -> StepVerifier.create(hedged).expectNextCount(2).verifyComplete());
    slow.then(first.flux());
    slow.prompts.clear();
    calls.clear();
    return hedged;
  }

  @Test
  void hedgeAnswersWhenTheFirstStaysSilent() {
    StepVerifier.create(words(answer))
        .then(() -> time.advanceTimeBy(AFTER.minusMillis(1)))
        .then(second::assertWasNotSubscribed)
        .then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
        .then(() -> first.next(silent("first")))
        .then(() -> second.next(text("a")))
        .then(first::assertCancelled)
        .then(() -> second.next(text("b"), end(1, 2)).complete())
        .expectNext("a", "b")
        .verifyComplete();

    assertThat(lastCall().attempts())
        .extracting(AttemptReport::toString)
        .satisfiesExactly(
            lost -> assertThat(lost).contains("t0").contains("HedgeLost"),
            won -> assertThat(won).contains("t1").contains("failure=null"));
  }

  @Test
  void answerOfAHedgedCallSaysWhoServedItAndWhoLost() {
    StepVerifier.create(answer.takeLast(1))
        .then(() -> time.advanceTimeBy(AFTER))
        .then(() -> second.next(text("a"), end(1, 2)).complete())
        .assertNext(
            part -> {
              assertThat(part.getMetadata().<String>get("resilient.target")).isEqualTo("t1");
              assertThat(part.getMetadata().<Integer>get("resilient.attempts")).isEqualTo(2);
              assertThat(part.getMetadata().<Object>get("resilient.moves").toString())
                  .contains("t0: CANCELLED", "HedgeLost");
            })
        .verifyComplete();
  }

  @Test
  void firstAnswersWhenItIsFasterAfterAll() {
    StepVerifier.create(words(answer))
        .then(() -> time.advanceTimeBy(AFTER))
        .then(() -> second.assertSubscribers(1))
        .then(() -> first.next(text("a")))
        .then(second::assertCancelled)
        .then(() -> first.next(end(1, 1)).complete())
        .expectNext("a")
        .verifyComplete();

    assertThat(lastCall().servedBy().orElseThrow().name()).isEqualTo("t0");
    assertThat(calls).hasSize(1);
  }

  @Test
  void emptyAnswerOfOneStopsTheOther() {
    StepVerifier.create(answer)
        .then(() -> time.advanceTimeBy(AFTER))
        .then(() -> second.next(end(1, 0)).complete())
        .then(first::assertCancelled)
        .expectNextCount(1)
        .verifyComplete();
  }

  @Test
  void nothingIsHedgedOnceTheFirstHasBegun() {
    StepVerifier.create(words(answer))
        .then(() -> first.next(text("a")))
        .then(() -> time.advanceTimeBy(AFTER))
        .then(second::assertWasNotSubscribed)
        .then(() -> first.next(end(1, 1)).complete())
        .expectNext("a")
        .verifyComplete();
  }

  @Test
  void failureOfOneLeavesTheOtherAlone() {
    StepVerifier.create(words(answer))
        .then(() -> time.advanceTimeBy(AFTER))
        .then(() -> first.error(new IOException()))
        .then(second::assertNotCancelled)
        .then(() -> second.next(text("a"), end(1, 1)).complete())
        .expectNext("a")
        .verifyComplete();
  }

  @Test
  void callFailsOnceWhenBothFail() {
    StepVerifier.create(answer)
        .then(() -> time.advanceTimeBy(AFTER))
        .then(() -> second.error(new TimeoutException()))
        .then(() -> first.error(new TimeoutException()))
        .verifyError(NoTargetAvailableException.class);

    assertThat(calls).extracting(CallReport::ending).containsExactly(CallReport.Ending.FAILED);
  }

  @Test
  void refusalOfOneEndsTheOther() {
    StepVerifier.create(answer)
        .then(() -> time.advanceTimeBy(AFTER))
        .then(() -> second.error(new IllegalArgumentException()))
        .then(first::assertCancelled)
        .verifyError(IllegalArgumentException.class);
  }

  @Test
  void brokenWinnerIsNotContinuedByTheLoser() {
    StepVerifier.create(words(answer))
        .then(() -> time.advanceTimeBy(AFTER))
        .then(() -> second.next(text("half")).error(new IOException()))
        .expectNext("half")
        .verifyError(StreamInterruptedException.class);

    first.assertCancelled();
  }

  @Test
  void bothTimeOutOnTheirOwnClocks() {
    StepVerifier.create(answer)
        .then(() -> time.advanceTimeBy(FIRST_TOKEN))
        .then(first::assertCancelled)
        .then(second::assertNotCancelled)
        .then(() -> time.advanceTimeBy(AFTER))
        .then(second::assertCancelled)
        .verifyError(NoTargetAvailableException.class);
  }

  @Test
  void callerWhoLeavesStopsBoth() {
    StepVerifier.create(answer)
        .then(() -> time.advanceTimeBy(AFTER))
        .then(() -> second.assertSubscribers(1))
        .thenCancel()
        .verify();

    first.assertCancelled();
    second.assertCancelled();
    assertThat(calls).extracting(CallReport::ending).containsExactly(CallReport.Ending.CANCELLED);
  }

  @Test
  void callerWhoLeavesBeforeTheHedgeIsDueStartsNone() {
    StepVerifier.create(answer).thenCancel().verify();
    time.advanceTimeBy(AFTER);

    second.assertWasNotSubscribed();
  }

  @Test
  void failedFirstIsFollowedByAFallbackNotByAHedge() {
    StepVerifier.create(words(answer))
        .then(() -> first.error(new IOException()))
        .then(() -> time.advanceTimeBy(AFTER))
        .then(() -> second.next(text("a"), end(1, 1)).complete())
        .expectNext("a")
        .verifyComplete();

    assertThat(spare.prompts).hasSize(1);
  }

  @Test
  void callWithToolsIsNotHedged() {
    ResilientChatModel model = model(Engine.builder(), HEDGED, slow, spare);
    slow.then(PROMPT);
    IntStream.range(0, CALLS_PER_HEDGE)
        .forEach(call -> model.stream(new Prompt("hello")).blockLast(AT_MOST));
    slow.then(first.flux());

    StepVerifier.create(model.stream(BedrockContract.withTools(CountingTool.doing(() -> {}))))
        .then(() -> time.advanceTimeBy(AFTER))
        .then(second::assertWasNotSubscribed)
        .thenCancel()
        .verify();
  }

  @Test
  void onlyAShareOfTheCallsIsHedged() {
    StepVerifier.create(answer)
        .then(() -> time.advanceTimeBy(AFTER))
        .then(() -> second.assertSubscribers(1))
        .thenCancel()
        .verify();

    StepVerifier.create(answer).then(() -> time.advanceTimeBy(AFTER)).thenCancel().verify();
    assertThat(spare.prompts).hasSize(1);
  }

  @Test
  void nothingIsHedgedByDefault() {
    Flux<ChatResponse> plain = saved(RoutePolicy.DEFAULTS, CALLS_PER_HEDGE);

    StepVerifier.create(plain).then(() -> time.advanceTimeBy(AFTER)).thenCancel().verify();
    second.assertWasNotSubscribed();
  }
}
