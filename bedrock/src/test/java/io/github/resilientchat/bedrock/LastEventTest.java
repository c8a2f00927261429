package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.Simulated.PATIENCE;
import static io.github.resilientchat.bedrock.Simulated.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.adapter.Exchange;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput.EventType;

/**
 * Ends that come from elsewhere while the subscriber is busy, and clients that do it all at once.
 */
@SuppressWarnings("resource")
class LastEventTest {

  private static final ConverseStreamOutput START =
      ConverseStreamOutput.messageStartBuilder().role("assistant").build();
  private static final ConverseStreamOutput STOP =
      ConverseStreamOutput.messageStopBuilder().stopReason("end_turn").build();
  private static final ConverseStreamOutput METADATA =
      ConverseStreamOutput.metadataBuilder().build();

  private final Exchange exchange = new Exchange(PATIENCE, true);
  private final HandPublisher<ConverseStreamOutput> events = new HandPublisher<>(START);

  /** Does something while it has the metadata. */
  private RecordedStream busyAtTheEnd(Runnable action) {
    RecordedStream stream =
        new RecordedStream() {
          @Override
          public void onNext(ConverseStreamOutput event) {
            super.onNext(event);
            if (event.sdkEventType() == EventType.METADATA) {
              action.run();
            }
          }
        };
    return within(exchange, () -> stream.from(ScriptedClient.of(events).guarded()));
  }

  private void publishAll() {
    events.publish(START);
    events.publish(STOP);
    events.publish(METADATA);
  }

  private static void elsewhere(Runnable action) {
    try {
      CompletableFuture.runAsync(action).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void assertWhole(RecordedStream stream) {
    assertThat(stream.future).isCompleted();
    assertThat(stream.handlerEnds).containsExactly("complete");
    assertThat(stream.subscriberEnds).containsExactly("complete");
  }

  @Test
  void connectionThatBreaksDuringTheLastEventIsNoFailure() {
    RecordedStream stream =
        busyAtTheEnd(() -> elsewhere(() -> events.fail(new IOException("reset"))));
    publishAll();
    assertWhole(stream);
  }

  @Test
  void subscriberThatThrowsOnTheLastEventIsHeardThoughTheConnectionBrokeMeanwhile() {
    RecordedStream stream =
        busyAtTheEnd(
            () -> {
              elsewhere(() -> events.fail(new IOException("reset")));
              Fate.EXCEPTION.strike();
            });
    publishAll();
    assertThat(stream.failure()).isSameAs(Fate.EXCEPTION.mine);
    assertThat(stream.handlerEnds).containsExactly(Fate.EXCEPTION.mine);
    assertThat(stream.subscriberEnds).isEmpty();
  }

  @Test
  void clientThatCompletesDuringTheLastEventWaitsForIt() {
    RecordedStream stream = busyAtTheEnd(events::complete);
    publishAll();
    assertWhole(stream);
  }

  @Test
  void stopDuringTheLastEventWaitsForNobodyAndTakesNothingBack() {
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    RecordedStream stream =
        new RecordedStream() {
          @Override
          public void onNext(ConverseStreamOutput event) {
            super.onNext(event);
            if (event.sdkEventType() == EventType.METADATA) {
              elsewhere(exchange::stop);
              ended.complete(future.isDone());
            }
          }
        };
    within(exchange, () -> stream.from(ScriptedClient.of(events).guarded()));
    publishAll();
    assertThat(ended).isCompletedWithValue(true);
    assertWhole(stream);
  }

  @Test
  void stopBeforeTheLastEventEndsTheStreamAtOnceAndTheSubscriberAfterItsEvent() {
    CompletableFuture<Object> toldDuringTheEvent = new CompletableFuture<>();
    RecordedStream stream =
        new RecordedStream() {
          @Override
          public void onNext(ConverseStreamOutput event) {
            exchange.stop();
            toldDuringTheEvent.complete(subscriberEnds.size());
            super.onNext(event);
          }
        };
    within(exchange, () -> stream.from(ScriptedClient.of(events).guarded()));
    publishAll();
    assertThat(toldDuringTheEvent).isCompletedWithValue(0);
    assertThat(stream.events).containsExactly(EventType.MESSAGE_START);
    assertThat(stream.subscriberEnds).singleElement().isInstanceOf(CancellationException.class);
    assertThat(stream.handlerEnds).isEqualTo(stream.subscriberEnds);
    assertThat(stream.future).isCancelled();
    assertThat(events.cancelled).isTrue();
  }

  @Test
  void clientThatDeliversTheWholeAnswerAtItsSubscriptionEndsOnce() {
    RecordedStream stream = new RecordedStream();
    events.onRequest(
        count -> {
          if (events.published.get() == 0) {
            publishAll();
            events.complete();
          }
        });
    within(exchange, () -> stream.from(ScriptedClient.of(events).guarded()));
    assertWhole(stream);
    assertThat(stream.events).hasSize(3);
  }

  @Test
  void clientThatThrowsAtTheCallFailsTheFuture() {
    for (Fate fate : Fate.values()) {
      RecordedStream stream = new RecordedStream();
      stream.from(new ScriptedClient((handler, ended) -> fate.strike()).guarded());
      assertThat(stream.failure()).isSameAs(fate.mine);
      assertThat(stream.handlerEnds).containsExactly(fate.mine);
    }
  }

  @Test
  void streamThatIsStoppedBeforeItsSubscriptionBeginsGivesTheSubscriberOneAndItsEnd() {
    RecordedStream stream = new RecordedStream();
    CompletableFuture<Subscriber<? super ConverseStreamOutput>> waiting = new CompletableFuture<>();
    within(exchange, () -> stream.from(ScriptedClient.of(waiting::complete).guarded()));
    exchange.stop();
    assertThat(stream.subscription).isCompleted();
    assertThat(stream.subscriberEnds).singleElement().isInstanceOf(CancellationException.class);
    waiting.join().onSubscribe(events);
    publishLate(waiting.join());
    assertThat(events.cancelled).isTrue();
    assertThat(stream.events).isEmpty();
    assertThat(stream.subscriberEnds).hasSize(1);
  }

  private static void publishLate(Subscriber<? super ConverseStreamOutput> subscriber) {
    subscriber.onNext(START);
    subscriber.onComplete();
  }
}
