package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.Simulated.PATIENCE;
import static io.github.resilientchat.bedrock.Simulated.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.simulator.Fault;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput.EventType;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;

/** Handlers and subscribers that throw: one end for everybody, at once, and a closed exchange. */
@SuppressWarnings("resource")
class ForeignFaultTest {

  private Simulated simulated = Simulated.start();

  @AfterEach
  void stop() {
    simulated.close();
  }

  private RecordedStream run(RecordedStream stream) {
    return stream.from(simulated.asyncClient());
  }

  private static RecordedStream throwingOn(EventType type, Fate fate) {
    return new RecordedStream() {
      @Override
      public void onNext(ConverseStreamOutput event) {
        super.onNext(event);
        if (event.sdkEventType() == type) {
          fate.strike();
        }
      }
    };
  }

  private void assertEndedBy(Throwable mine, RecordedStream stream) throws Exception {
    assertThat(stream.failure()).isSameAs(mine);
    assertThat(stream.handlerEnds).containsExactly(mine);
    simulated.bedrock.awaitIdle(PATIENCE);
  }

  @ParameterizedTest
  @EnumSource(
      value = EventType.class,
      mode = Mode.INCLUDE,
      names = {"MESSAGE_START", "CONTENT_BLOCK_DELTA", "MESSAGE_STOP", "METADATA"})
  void subscriberThatThrowsOnAnyEventHasItsEndAndSoHaveTheOthers(EventType type) throws Exception {
    for (Protocol protocol : Protocol.values()) {
      simulated.close();
      simulated = Simulated.over(protocol);
      for (Fate fate : Fate.values()) {
        RecordedStream stream = run(throwingOn(type, fate));
        assertEndedBy(fate.mine, stream);
        assertThat(stream.events.get(stream.events.size() - 1)).isEqualTo(type);
        assertThat(stream.subscriberEnds).isEmpty();
      }
    }
  }

  @Test
  void functionOfTheFutureHearsOfWhatASubscriberThrewOnTheLastEvent() throws Exception {
    RecordedStream stream = run(throwingOn(EventType.METADATA, Fate.EXCEPTION));
    CompletableFuture<Throwable> heard = new CompletableFuture<>();
    stream.future.exceptionally(
        error -> {
          heard.complete(error);
          return null;
        });
    assertThat(heard.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isSameAs(Fate.EXCEPTION.mine);
  }

  @ParameterizedTest
  @EnumSource
  void subscriberThatThrowsAtItsSubscriptionEndsTheStream(Fate fate) throws Exception {
    simulated.bedrock.fault(Fault.stall(1));
    RecordedStream stream =
        run(
            new RecordedStream() {
              @Override
              public void onSubscribe(Subscription value) {
                fate.strike();
              }
            });
    assertEndedBy(fate.mine, stream);
    assertThat(stream.subscriberEnds).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void subscriberThatThrowsAtTheGoodEndMakesItABadOneForTheOthers(Fate fate) throws Exception {
    RecordedStream stream =
        run(
            new RecordedStream() {
              @Override
              public void onComplete() {
                super.onComplete();
                fate.strike();
              }
            });
    assertEndedBy(fate.mine, stream);
    assertThat(stream.subscriberEnds).containsExactly("complete");
  }

  @ParameterizedTest
  @EnumSource
  void subscriberThatThrowsAtABadEndAddsToIt(Fate fate) {
    simulated.bedrock.fault(Fault.streamException(2, "modelStreamErrorException", "broken"));
    RecordedStream stream =
        run(
            new RecordedStream() {
              @Override
              public void onError(Throwable error) {
                super.onError(error);
                fate.strike();
              }
            });
    assertThat(stream.failureToldOnce())
        .isInstanceOf(ModelStreamErrorException.class)
        .satisfies(error -> assertThat(error.getSuppressed()).containsExactly(fate.mine));
  }

  @ParameterizedTest
  @EnumSource
  void handlerThatThrowsAtTheHeadEndsTheStream(Fate fate) throws Exception {
    simulated.bedrock.fault(Fault.stall(1));
    RecordedStream stream =
        run(
            new RecordedStream() {
              @Override
              public void responseReceived(ConverseStreamResponse value) {
                fate.strike();
              }
            });
    assertEndedBy(fate.mine, stream);
    assertThat(stream.events).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void handlerThatThrowsAtTheEventsEndsTheStream(Fate fate) throws Exception {
    simulated.bedrock.fault(Fault.stall(1));
    RecordedStream stream =
        run(
            new RecordedStream() {
              @Override
              public void onEventStream(SdkPublisher<ConverseStreamOutput> publisher) {
                fate.strike();
              }
            });
    assertEndedBy(fate.mine, stream);
  }

  @Test
  void stoppedStreamThatNobodyReadsIsClosed() throws Exception {
    simulated.bedrock.fault(Fault.stall(1));
    CompletableFuture<SdkPublisher<ConverseStreamOutput>> unread = new CompletableFuture<>();
    RecordedStream stream =
        new RecordedStream() {
          @Override
          public void onEventStream(SdkPublisher<ConverseStreamOutput> publisher) {
            unread.complete(publisher);
          }
        };
    Exchange exchange = new Exchange(PATIENCE, true);
    within(exchange, () -> run(stream));
    SdkPublisher<ConverseStreamOutput> late = unread.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

    exchange.stop();

    simulated.bedrock.awaitIdle(PATIENCE);
    assertThat(stream.future).isCancelled();
    late.subscribe(stream);
    stream.awaitSubscriberEnd();
    assertThat(stream.events).isEmpty();
    assertThat(stream.subscriberEnds).isEqualTo(stream.handlerEnds).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void handlerThatThrowsAtTheGoodEndFailsTheFuture(Fate fate) throws Exception {
    RecordedStream stream =
        run(
            new RecordedStream() {
              @Override
              public void complete() {
                super.complete();
                fate.strike();
              }
            });
    assertThat(stream.failure()).isSameAs(fate.mine);
    assertThat(stream.handlerEnds).containsExactly("complete");
    assertThat(stream.subscriberEnds).containsExactly("complete");
  }

  @ParameterizedTest
  @EnumSource
  void handlerThatThrowsAtABadEndAddsToIt(Fate fate) {
    simulated.bedrock.fault(Fault.streamException(2, "modelStreamErrorException", "broken"));
    RecordedStream stream =
        run(
            new RecordedStream() {
              @Override
              public void exceptionOccurred(Throwable error) {
                super.exceptionOccurred(error);
                fate.strike();
              }
            });
    assertThat(stream.failureToldOnce().getSuppressed()).containsExactly(fate.mine);
  }

  @Test
  void handlerThatThrowsWhatItWasToldIsNoMoreTrouble() {
    simulated.bedrock.fault(Fault.streamException(2, "modelStreamErrorException", "broken"));
    RecordedStream stream =
        run(
            new RecordedStream() {
              @Override
              public void exceptionOccurred(Throwable error) {
                super.exceptionOccurred(error);
                throw (RuntimeException) error;
              }
            });
    assertThat(stream.failureToldOnce()).isInstanceOf(ModelStreamErrorException.class);
  }

  @Test
  void driverThatThrowsAtASignOfLifeEndsTheStreamForTheSubscriberToo() throws Exception {
    Exchange exchange = new Exchange(PATIENCE, true);
    exchange.onProgress(characters -> Fate.ERROR.strike());
    RecordedStream stream = within(exchange, () -> run(new RecordedStream()));
    assertEndedBy(Fate.ERROR.mine, stream);
    stream.awaitSubscriberEnd();
    assertThat(stream.subscriberEnds).containsExactly(Fate.ERROR.mine);
  }
}
