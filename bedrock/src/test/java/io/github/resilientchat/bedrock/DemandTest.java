package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.Simulated.PATIENCE;
import static io.github.resilientchat.bedrock.Simulated.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.adapter.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;

/** What the guard asks of a client, over publishers that no client of the SDK has. */
@Timeout(60)
class DemandTest {

  private static final int MANY = 100_000;

  private final Exchange exchange = new Exchange(PATIENCE, true);
  private final HandPublisher<ConverseStreamOutput> events =
      new HandPublisher<>(
          ConverseStreamOutput.contentBlockDeltaBuilder().delta(d -> d.text("word")).build());

  /** Wants so many at first and so many more with each. */
  private static class Eager<E> implements Subscriber<E> {
    final AtomicInteger got = new AtomicInteger();
    final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
    final CompletableFuture<Throwable> error = new CompletableFuture<>();
    private final long first;
    private final long more;

    Eager(long first, long more) {
      this.first = first;
      this.more = more;
    }

    @Override
    public void onSubscribe(Subscription value) {
      subscription.complete(value);
      if (first > 0) {
        value.request(first);
      }
    }

    @Override
    public void onNext(E event) {
      got.incrementAndGet();
      if (more > 0) {
        subscription.join().request(more);
      }
    }

    @Override
    public void onError(Throwable value) {
      error.complete(value);
    }

    @Override
    public void onComplete() {}
  }

  private static Eager<ConverseStreamOutput> wanting(long first, long more) {
    return new Eager<>(first, more);
  }

  private Eager<ConverseStreamOutput> read(Eager<ConverseStreamOutput> subscriber) {
    RecordedStream stream =
        new RecordedStream() {
          @Override
          public void onEventStream(SdkPublisher<ConverseStreamOutput> publisher) {
            publisher.subscribe(subscriber);
          }
        };
    stream.from(ScriptedClient.of(events).guarded());
    return subscriber;
  }

  private Eager<ConverseStreamOutput> readWithin(Eager<ConverseStreamOutput> subscriber) {
    return within(exchange, () -> read(subscriber));
  }

  @Test
  void noMoreIsAskedForThanTheSubscriberWants() {
    Eager<ConverseStreamOutput> subscriber = readWithin(wanting(3, 0));
    assertThat(events.requested).hasValue(3);
    events.publish(3);
    assertThat(events.requested).hasValue(3);
    subscriber.subscription.join().request(2);
    assertThat(events.requested).hasValue(5);
  }

  @Test
  void onlyAFewAreUnderWayHoweverManyAreWanted() {
    Eager<ConverseStreamOutput> subscriber = readWithin(wanting(Long.MAX_VALUE, 5));
    for (int i = 0; i < MANY; i++) {
      events.publish(1);
    }
    assertThat(subscriber.got).hasValue(MANY);
    assertThat(events.mostUnderWay).hasValue(Demand.AT_ONCE);
  }

  @Test
  void nothingIsAskedForWithoutRoom() {
    exchange.hold();
    Eager<ConverseStreamOutput> subscriber = readWithin(wanting(100, 0));
    assertThat(events.requested).hasValue(0);
    exchange.goOn();
    assertThat(events.requested).hasValue(Demand.AT_ONCE);
    exchange.hold();
    events.publish(Demand.AT_ONCE);
    assertThat(subscriber.got).hasValue(Demand.AT_ONCE);
    assertThat(events.requested).hasValue(Demand.AT_ONCE);
    exchange.goOn();
    exchange.goOn();
    assertThat(events.requested).hasValue(2L * Demand.AT_ONCE);
  }

  @Test
  void clientThatDeliversAtOnceNeitherNestsNorOverflowsTheStack() {
    events.onRequest(count -> events.publish(Math.min(count, MANY - events.published.get())));
    Eager<ConverseStreamOutput> subscriber = readWithin(wanting(1, 1));
    assertThat(subscriber.got).hasValue(MANY);
    assertThat(events.deepest).hasValue(1);
  }

  @Test
  void withoutAnExchangeTheClientIsAskedForWhatTheSubscriberWants() {
    List<Long> requests = new ArrayList<>();
    events.onRequest(requests::add);
    Eager<ConverseStreamOutput> subscriber = read(wanting(Long.MAX_VALUE, 0));
    subscriber.subscription.join().request(7);
    assertThat(requests).containsExactly(Long.MAX_VALUE, 7L);
  }

  @Test
  void senselessWishIsLeftToTheClientToRefuse() {
    List<Long> requests = new ArrayList<>();
    events.onRequest(requests::add);
    readWithin(wanting(0, 0)).subscription.join().request(-1);
    assertThat(requests).containsExactly(-1L);
  }

  @Test
  void clientThatThrowsAtARequestEndsTheStream() throws Exception {
    events.onRequest(count -> Fate.ERROR.strike());
    Eager<ConverseStreamOutput> subscriber = readWithin(wanting(1, 1));
    assertThat(subscriber.error.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isSameAs(Fate.ERROR.mine);
    assertThat(events.cancelled).isTrue();
  }

  @Test
  void noWakeUpIsLostBetweenAReaderAndADriver() throws Exception {
    ExecutorService client = Executors.newSingleThreadExecutor();
    ExecutorService driver = Executors.newSingleThreadExecutor();
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> all = new CompletableFuture<>();
    events.onRequest(
        count ->
            client.execute(
                () -> {
                  events.publish(Math.min(count, MANY - events.published.get()));
                  if (events.published.get() == MANY) {
                    all.complete(null);
                  }
                }));
    driver.execute(
        () -> {
          while (!done.get()) {
            exchange.hold();
            exchange.goOn();
          }
        });
    try {
      readWithin(wanting(1, 1));
      all.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } finally {
      done.set(true);
      driver.shutdown();
      client.shutdown();
    }
    assertThat(events.mostUnderWay).hasValueLessThanOrEqualTo(Demand.AT_ONCE);
  }

  @Test
  void streamsInTheModelsOwnFormatAreReadTheSameWay() {
    HandPublisher<ResponseStream> chunks =
        new HandPublisher<>(ResponseStream.chunkBuilder().build());
    Eager<ResponseStream> subscriber = new Eager<>(Long.MAX_VALUE, 0);
    exchange.hold();
    CompletableFuture<Void> future =
        within(
            exchange,
            () ->
                ScriptedClient.invoking(chunks)
                    .guarded()
                    .invokeModelWithResponseStream(
                        InvokeModelWithResponseStreamRequest.builder().build(),
                        InvokeModelWithResponseStreamResponseHandler.builder()
                            .onEventStream(publisher -> publisher.subscribe(subscriber))
                            .build()));
    assertThat(chunks.requested).hasValue(0);
    exchange.goOn();
    assertThat(chunks.requested).hasValue(Demand.AT_ONCE);
    chunks.publish(1);
    assertThat(subscriber.got).hasValue(1);
    exchange.stop();
    assertThat(future).isCancelled();
    assertThat(chunks.cancelled).isTrue();
  }
}
