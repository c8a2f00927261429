package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.Simulated.PATIENCE;
import static io.github.resilientchat.bedrock.Simulated.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.core.failure.AttemptFailedException;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Invocation;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput.EventType;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

@SuppressWarnings("resource")
class GuardedStreamTest {

  private Simulated simulated = Simulated.start();

  @AfterEach
  void stop() {
    simulated.close();
  }

  private void over(Protocol protocol) {
    simulated.close();
    simulated = Simulated.over(protocol);
  }

  private Exchange exchange() {
    return new Exchange(PATIENCE, true);
  }

  private void assertCancelledOnTheServer() throws Exception {
    simulated.bedrock.awaitIdle(PATIENCE);
    assertThat(simulated.bedrock.invocations())
        .extracting(Invocation::outcome)
        .containsExactly(Invocation.Outcome.CANCELLED);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void wholeAnswerEndsOnceForEverybody(Protocol protocol) throws Exception {
    over(protocol);
    RecordedStream stream = simulated.stream();
    assertThat(Simulated.failureOf(stream.future)).isEmpty();
    assertThat(stream.events).startsWith(EventType.MESSAGE_START).endsWith(EventType.METADATA);
    assertThat(stream.subscriberEnds).containsExactly("complete");
    assertThat(stream.handlerEnds).containsExactly("complete");
    assertThat(simulated.bedrock.awaitInvocations(1, PATIENCE))
        .extracting(Invocation::httpVersion)
        .containsExactly(protocol == Protocol.HTTP1_1 ? "HTTP/1.1" : "HTTP/2");
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void failureBeforeTheStreamIsToldOnceAndUnwrapped(Protocol protocol) throws Exception {
    over(protocol);
    simulated.bedrock.fault(Fault.httpError(429, "ThrottlingException", "Too many requests"));
    RecordedStream stream = simulated.stream();
    assertThat(stream.failureToldOnce()).isInstanceOf(ThrottlingException.class);
    assertThat(stream.events).isEmpty();
    assertThat(simulated.bedrock.awaitInvocations(1, PATIENCE)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void failureInsideTheStreamIsToldOnce(int afterFrames) {
    for (Protocol protocol : Protocol.values()) {
      over(protocol);
      simulated.bedrock.fault(
          Fault.streamException(afterFrames, "modelStreamErrorException", "broken"));
      RecordedStream stream = simulated.stream();
      assertThat(stream.failureToldOnce()).isInstanceOf(ModelStreamErrorException.class);
      assertThat(stream.events).hasSize(afterFrames);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void streamThatEndsTooEarlyFails(int afterFrames) {
    for (Protocol protocol : Protocol.values()) {
      over(protocol);
      simulated.bedrock.fault(Fault.truncate(afterFrames));
      assertThat(simulated.stream().failureToldOnce())
          .isInstanceOf(AttemptFailedException.class)
          .hasMessageContaining("without a finish reason");
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void emptyStreamFails(Protocol protocol) {
    over(protocol);
    simulated.bedrock.fault(Fault.emptyStream());
    assertThat(simulated.stream().failureToldOnce()).isInstanceOf(AttemptFailedException.class);
  }

  @Test
  void handlerIsToldInTheWrappingOfTheSdk() {
    simulated.bedrock.fault(Fault.httpError(400, "ValidationException", "no").times(1));
    RecordedStream refused = simulated.stream();
    refused.failureToldOnce();

    simulated.bedrock.fault(Fault.streamException(3, "validationException", "no").times(1));
    RecordedStream broken = simulated.stream();
    broken.failureToldOnce();

    assertThat(refused.wrapped).isTrue();
    assertThat(broken.wrapped).isFalse();
  }

  @Test
  void everyCharacterOfTheAnswerIsToldOnceAndNoSignature() {
    simulated.bedrock.answer(
        call ->
            Answer.text("Hello you")
                .withReasoning("hm", "a signature is no output")
                .andToolUse("use-1", "pay", "{\"amount\": 42}"));
    AtomicLong characters = new AtomicLong();
    Exchange exchange = exchange();
    exchange.onProgress(characters::addAndGet);

    RecordedStream stream = within(exchange, simulated::stream);

    assertThat(Simulated.failureOf(stream.future)).isEmpty();
    assertThat(characters).hasValue("Hello youhmpay{\"amount\": 42}".length());
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void brokenConnectionAfterTheWholeAnswerIsNoFailure(Protocol protocol) {
    over(protocol);
    simulated.bedrock.fault(Fault.cut(1000));
    RecordedStream stream = simulated.stream();
    assertThat(Simulated.failureOf(stream.future)).isEmpty();
    assertThat(stream.subscriberEnds).containsExactly("complete");
    assertThat(stream.handlerEnds).containsExactly("complete");
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void stopBeforeTheFirstTokenClosesTheExchange(Protocol protocol) throws Exception {
    over(protocol);
    simulated.bedrock.fault(Fault.hang());
    Exchange exchange = exchange();
    RecordedStream stream = within(exchange, simulated::stream);
    simulated.bedrock.awaitOpen(1, PATIENCE);
    exchange.stop();
    assertThat(stream.failure()).isInstanceOf(CancellationException.class);
    assertThat(stream.handlerEnds).singleElement().isInstanceOf(CancellationException.class);
    simulated.bedrock.awaitIdle(PATIENCE);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void stopInMidStreamClosesTheExchange(Protocol protocol) throws Exception {
    over(protocol);
    simulated.bedrock.fault(Fault.stall(4));
    Exchange exchange = exchange();
    RecordedStream stream = within(exchange, simulated::stream).awaitContent();
    exchange.stop();
    exchange.stop();
    assertThat(stream.failure()).isInstanceOf(CancellationException.class);
    stream.awaitSubscriberEnd();
    assertThat(stream.subscriberEnds).singleElement().isInstanceOf(CancellationException.class);
    assertThat(stream.handlerEnds).isEqualTo(stream.subscriberEnds);
    assertThat(stream.future).isCancelled();
    simulated.bedrock.awaitIdle(PATIENCE);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void cancelledFutureClosesTheExchange(Protocol protocol) throws Exception {
    over(protocol);
    slowAnswer();
    RecordedStream stream = simulated.stream().awaitContent();
    assertThat(stream.future.cancel(true)).isTrue();
    assertCancelledOnTheServer();
    assertThat(stream.handlerEnds).singleElement().isInstanceOf(CancellationException.class);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void cancelledSubscriptionClosesTheExchangeAndIsNoFailure(Protocol protocol) throws Exception {
    over(protocol);
    slowAnswer();
    RecordedStream stream = simulated.stream().awaitContent();
    stream.subscription.get().cancel();
    assertCancelledOnTheServer();
    assertThat(Simulated.failureOf(stream.future)).isEmpty();
    assertThat(stream.subscriberEnds).isEmpty();
    assertThat(stream.handlerEnds).isEmpty();
  }

  private void slowAnswer() {
    simulated.bedrock.fault(Fault.stall(4));
  }
}
