package io.github.resilientchat.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Invocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** What becomes of a stream that breaks, with Spring AI's own Bedrock model. */
@ExtendWith(SharedSimulation.class)
class BrokenStreamTest {

  private static final Duration AT_MOST = Duration.ofSeconds(30);

  /** Where a target says nothing at all. */
  private static final RoutePolicy NO_FIRST_TOKEN =
      RoutePolicy.DEFAULTS
          .withFirstTokenTimeout(Duration.ofMillis(2_500))
          .withIdleTimeout(Duration.ofMillis(2_500));

  /** Where a target that has begun says nothing more. */
  private static final RoutePolicy SILENT =
      RoutePolicy.DEFAULTS.withIdleTimeout(Duration.ofMillis(1_500));

  private static final Prompt HELLO = new Prompt("hello");

  /** messageStart, and the block's start where there is one, come before the words. */
  private static final int AFTER_TEXT = 4;

  private Simulated simulated;

  @BeforeEach
  void start(Simulated shared) {
    simulated = shared;
    simulated.answer(call -> Answer.text("one two three four five six seven eight nine ten"));
  }

  private static Arguments fails(Fault fault) {
    return Arguments.of(fault, Named.of("patiently", RoutePolicy.DEFAULTS));
  }

  private static Arguments saysNothing(Fault fault) {
    return Arguments.of(fault, Named.of("impatiently", NO_FIRST_TOKEN));
  }

  static List<Arguments> beforeText() {
    return List.of(
        fails(Fault.httpError(429, "ThrottlingException", "injected")),
        fails(Fault.httpError(503, "ServiceUnavailableException", "injected")),
        fails(Fault.streamException(0, "throttlingException", "injected")),
        fails(Fault.streamException(1, "modelStreamErrorException", "injected")),
        fails(Fault.emptyStream()),
        fails(Fault.truncate(1)),
        fails(Fault.reset()),
        saysNothing(Fault.stall(1)),
        saysNothing(Fault.hang()));
  }

  @ParameterizedTest
  @MethodSource("beforeText")
  void fallbackStreamsWhenNothingWasHeardFromThePrimary(Fault fault, RoutePolicy policy) {
    simulated.bedrock.fault(fault.model(Simulated.PRIMARY.model()));

    StepVerifier.create(text(stream(policy)))
        .expectNext("one two three four five six seven eight nine ten")
        .expectComplete()
        .verify(AT_MOST);

    assertThat(simulated.called(2)).containsExactlyInAnyOrder("primary", "fallback");
  }

  static List<Fault> afterText() {
    return List.of(
        Fault.streamException(AFTER_TEXT, "throttlingException", "injected"),
        Fault.streamException(AFTER_TEXT, "modelStreamErrorException", "injected"),
        Fault.cut(AFTER_TEXT),
        Fault.streamReset(AFTER_TEXT),
        Fault.truncate(AFTER_TEXT),
        Fault.stall(AFTER_TEXT));
  }

  @ParameterizedTest
  @MethodSource("afterText")
  void streamEndsOnceWithWhatWasReceivedAndNobodyContinuesIt(Fault fault) throws TimeoutException {
    simulated.bedrock.fault(fault.model(Simulated.PRIMARY.model()));
    StringBuilder received = new StringBuilder();

    StepVerifier.create(stream(SILENT).doOnNext(part -> received.append(Words.of(part))))
        .thenConsumeWhile(part -> true)
        .expectErrorSatisfies(
            error -> {
              assertThat(error).isInstanceOf(StreamInterruptedException.class);
              StreamInterruptedException broken = (StreamInterruptedException) error;
              assertThat(broken.partialText()).isEqualTo(received.toString()).startsWith("one ");
              assertThat(broken.target()).isEqualTo(Simulated.PRIMARY);
              assertThat(broken.retryable()).isTrue();
            })
        .verify(AT_MOST);

    assertThat(simulated.called(1)).containsExactly("primary");
    simulated.bedrock.awaitIdle(AT_MOST);
  }

  @Test
  void clientThatCanDiscardGetsAFreshAnswerBehindAMarker() {
    simulated.bedrock.fault(Fault.cut(AFTER_TEXT).times(1));
    ChatClient client = ChatClient.create(simulated.both().build());

    List<ChatResponse> parts =
        client.prompt("hello").stream()
            .chatResponse()
            .contextWrite(BrokenStreams.restart())
            .collectList()
            .block(AT_MOST);

    int marker = parts.indexOf(parts.stream().filter(BrokenStreams::isRestart).findAny().get());
    assertThat(BedrockContract.text(parts.subList(0, marker))).startsWith("one ");
    assertThat(BedrockContract.text(parts.subList(marker + 1, parts.size())))
        .isEqualTo("one two three four five six seven eight nine ten");
  }

  @Test
  void callerWhoLeavesClosesTheExchange() throws TimeoutException {
    simulated.bedrock.fault(Fault.stall(AFTER_TEXT));

    StepVerifier.create(stream(RoutePolicy.DEFAULTS).take(1))
        .expectNextCount(1)
        .expectComplete()
        .verify(AT_MOST);

    List<Invocation> ended = simulated.bedrock.awaitInvocations(1, AT_MOST);
    assertThat(ended).extracting(Invocation::outcome).containsExactly(Invocation.Outcome.CANCELLED);
  }

  @Test
  void callerWhoLeavesBeforeTheFirstTokenClosesTheExchange() throws TimeoutException {
    simulated.bedrock.fault(Fault.hang());

    StepVerifier.create(stream(RoutePolicy.DEFAULTS))
        .then(() -> awaitOpen(1))
        .thenCancel()
        .verify(AT_MOST);

    List<Invocation> ended = simulated.bedrock.awaitInvocations(1, AT_MOST);
    assertThat(ended).extracting(Invocation::outcome).containsExactly(Invocation.Outcome.CANCELLED);
  }

  @Test
  void slowReaderGetsEveryWordInOrder() {
    List<String> words = IntStream.range(0, 300).mapToObj(i -> i + " ").toList();
    simulated.answer(call -> Answer.words(words));

    Flux<ChatResponse> patient = simulated.both().build().stream(HELLO);
    StepVerifier.create(patient.map(Words::of).filter(word -> !word.isEmpty()), 1)
        .expectNext("0 ")
        .then(this::awaitServed)
        .thenRequest(Long.MAX_VALUE)
        .recordWith(ArrayList::new)
        .thenConsumeWhile(word -> true)
        .consumeRecordedWith(
            rest -> assertThat(rest).containsExactlyElementsOf(words.subList(1, words.size())))
        .expectComplete()
        .verify(AT_MOST);
  }

  private Flux<ChatResponse> stream(RoutePolicy policy) {
    return simulated.both().policy(policy).build().stream(HELLO);
  }

  private static Flux<String> text(Flux<ChatResponse> answer) {
    return answer.collectList().map(BedrockContract::text).flux();
  }

  private void awaitOpen(int count) {
    try {
      simulated.bedrock.awaitOpen(count, AT_MOST);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitServed() {
    assertThat(simulated.called(1)).containsExactly("primary");
  }
}
