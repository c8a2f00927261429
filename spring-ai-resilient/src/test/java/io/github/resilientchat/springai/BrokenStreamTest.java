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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** What becomes of a stream that breaks, with Spring AI's own Bedrock model. */
@ExtendWith(SharedSimulation.class)
class BrokenStreamTest {

  private static final Duration AT_MOST = Duration.ofMinutes(2);

  /** Where a target says nothing at all, or nothing more: on a stopwatch, so that it is enough. */
  private static final RoutePolicy IMPATIENT =
      RoutePolicy.DEFAULTS
          .withFirstTokenTimeout(Duration.ofMillis(500))
          .withIdleTimeout(Duration.ofMillis(500));

  private static final Prompt HELLO = new Prompt("hello");

  /** messageStart, and the block's start where there is one, come before the words. */
  private static final int AFTER_TEXT = 4;

  private static final String WHOLE = "one two three four five six seven eight nine ten";

  private final Stopwatch time = new Stopwatch();
  private Simulated simulated;

  @BeforeEach
  void start(Simulated shared) {
    simulated = shared;
    simulated.answer(call -> Answer.text(WHOLE));
  }

  static List<Fault> beforeText() {
    return List.of(
        Fault.httpError(429, "ThrottlingException", "injected"),
        Fault.httpError(503, "ServiceUnavailableException", "injected"),
        Fault.streamException(0, "throttlingException", "injected"),
        Fault.streamException(1, "modelStreamErrorException", "injected"),
        Fault.emptyStream(),
        Fault.truncate(1),
        Fault.reset());
  }

  @ParameterizedTest
  @MethodSource("beforeText")
  void fallbackStreamsWhenNothingWasHeardFromThePrimary(Fault fault) {
    simulated.bedrock.fault(fault.model(Simulated.PRIMARY.model()));

    StepVerifier.create(text(simulated.both().build().stream(HELLO)))
        .expectNext(WHOLE)
        .expectComplete()
        .verify(AT_MOST);

    assertThat(simulated.called(2)).containsExactlyInAnyOrder("primary", "fallback");
  }

  static List<Fault> silentBeforeText() {
    return List.of(Fault.stall(1), Fault.hang());
  }

  @ParameterizedTest
  @MethodSource("silentBeforeText")
  void fallbackStreamsWhenThePrimaryStaysSilent(Fault fault) {
    simulated.bedrock.fault(fault.model(Simulated.PRIMARY.model()));

    StepVerifier.create(text(timed(simulated.both())))
        .then(() -> awaitOpen(1))
        .then(time::start)
        .expectNext(WHOLE)
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
        Fault.truncate(AFTER_TEXT));
  }

  @ParameterizedTest
  @MethodSource("afterText")
  void streamEndsOnceWithWhatWasReceivedAndNobodyContinuesIt(Fault fault) throws TimeoutException {
    simulated.bedrock.fault(fault.model(Simulated.PRIMARY.model()));

    assertThatItEndsOnce(simulated.bothSubscribedFirst().build().stream(HELLO));
  }

  @Test
  void streamThatFallsSilentEndsOnceAndNobodyContinuesIt() throws TimeoutException {
    simulated.bedrock.fault(Fault.stall(AFTER_TEXT).model(Simulated.PRIMARY.model()));

    assertThatItEndsOnce(timed(simulated.both()).doOnNext(part -> time.start()));
  }

  private void assertThatItEndsOnce(Flux<ChatResponse> answer) throws TimeoutException {
    StringBuilder received = new StringBuilder();

    StepVerifier.create(answer.doOnNext(part -> received.append(Words.of(part))))
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
    ChatClient client = ChatClient.create(simulated.bothSubscribedFirst().build());

    List<ChatResponse> parts =
        client.prompt("hello").stream()
            .chatResponse()
            .contextWrite(BrokenStreams.restart())
            .collectList()
            .block(AT_MOST);

    int marker = parts.indexOf(parts.stream().filter(BrokenStreams::isRestart).findAny().get());
    assertThat(BedrockContract.text(parts.subList(0, marker))).startsWith("one ");
    assertThat(BedrockContract.text(parts.subList(marker + 1, parts.size()))).isEqualTo(WHOLE);
  }

  @Test
  void callerWhoLeavesClosesTheExchange() throws TimeoutException {
    simulated.bedrock.fault(Fault.stall(AFTER_TEXT));

    StepVerifier.create(simulated.both().build().stream(HELLO).take(1))
        .expectNextCount(1)
        .expectComplete()
        .verify(AT_MOST);

    List<Invocation> ended = simulated.bedrock.awaitInvocations(1, AT_MOST);
    assertThat(ended).extracting(Invocation::outcome).containsExactly(Invocation.Outcome.CANCELLED);
  }

  @Test
  void callerWhoLeavesBeforeTheFirstTokenClosesTheExchange() throws TimeoutException {
    simulated.bedrock.fault(Fault.hang());

    StepVerifier.create(simulated.both().build().stream(HELLO))
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

  private Flux<ChatResponse> timed(ResilientChatModel.Builder model) {
    return model.engine(time.engine()).policy(IMPATIENT).build().stream(HELLO);
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
