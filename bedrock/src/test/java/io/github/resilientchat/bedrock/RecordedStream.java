package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;

/** Everything that a stream told its handler, its event subscriber and its future. */
class RecordedStream implements ConverseStreamResponseHandler, Subscriber<ConverseStreamOutput> {

  final List<ConverseStreamOutput.EventType> events = new CopyOnWriteArrayList<>();
  final List<Object> subscriberEnds = new CopyOnWriteArrayList<>();
  final List<Object> handlerEnds = new CopyOnWriteArrayList<>();
  final CompletableFuture<ConverseStreamResponse> response = new CompletableFuture<>();
  final CompletableFuture<ConverseStreamOutput> content = new CompletableFuture<>();
  final CompletableFuture<Object> subscriberEnd = new CompletableFuture<>();
  final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
  volatile boolean wrapped;
  CompletableFuture<Void> future = new CompletableFuture<>();

  static RecordedStream of(BedrockRuntimeAsyncClient client) {
    return new RecordedStream().from(client);
  }

  RecordedStream from(BedrockRuntimeAsyncClient client) {
    future = client.converseStream(Simulated.streamedQuestion(), this);
    return this;
  }

  RecordedStream awaitResponse() throws Exception {
    response.get(Simulated.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return this;
  }

  RecordedStream awaitContent() throws Exception {
    content.get(Simulated.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return this;
  }

  /** The failure that the future ended with. */
  Throwable failure() {
    return Simulated.failureOf(future)
        .orElseThrow(() -> new AssertionError("completed after " + events));
  }

  /** The failure, once everybody concerned has heard of it exactly once. */
  Throwable failureToldOnce() {
    Throwable failure = failure();
    assertThat(handlerEnds).containsExactly(failure);
    if (subscription.isDone()) {
      awaitSubscriberEnd();
      assertThat(subscriberEnds).containsExactly(failure);
    }
    return failure;
  }

  /** The subscriber hears of the end after the event that it is busy with. */
  void awaitSubscriberEnd() {
    subscriberEnd.orTimeout(Simulated.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Override
  public void responseReceived(ConverseStreamResponse value) {
    response.complete(value);
  }

  @Override
  public void onEventStream(SdkPublisher<ConverseStreamOutput> publisher) {
    publisher.subscribe(this);
  }

  @Override
  public void exceptionOccurred(Throwable error) {
    wrapped = error instanceof CompletionException;
    handlerEnds.add(StreamErrors.unwrapped(error));
  }

  @Override
  public void complete() {
    handlerEnds.add("complete");
  }

  @Override
  public void onSubscribe(Subscription value) {
    subscription.complete(value);
    value.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(ConverseStreamOutput event) {
    events.add(event.sdkEventType());
    if (event.sdkEventType() == ConverseStreamOutput.EventType.CONTENT_BLOCK_DELTA) {
      content.complete(event);
    }
  }

  @Override
  public void onError(Throwable error) {
    subscriberEnds.add(error);
    subscriberEnd.complete(error);
  }

  @Override
  public void onComplete() {
    subscriberEnds.add("complete");
    subscriberEnd.complete("complete");
  }
}
