package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.core.failure.AttemptFailedException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.awscore.eventstream.EventStreamResponseHandler;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * One streamed answer between the SDK and its handler: ends once, for the event subscriber, the
 * handler and the future alike, whichever of them or of the threads of the SDK is first. What they
 * throw ends it too, and is told to those who have not heard of an end yet.
 */
abstract class GuardedStream<R, E> implements EventStreamResponseHandler<R, E> {

  /** How it ended: with an error, or well. */
  private record Ending(@Nullable Throwable error) {}

  private final EventStreamResponseHandler<R, E> handler;
  private final StreamFuture future = new StreamFuture(this::stop);
  private final @Nullable Exchange exchange = Exchange.current().orElse(null);
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile boolean abandoned;
  private volatile boolean streaming;
  private volatile boolean early;
  private final AtomicReference<@Nullable SdkPublisher<E>> unread = new AtomicReference<>();
  private volatile @Nullable Ending ending;
  private volatile @Nullable GuardedEvents<E> events;
  private volatile @Nullable CompletableFuture<Void> running;

  /** Belongs to the exchange that is current on the calling thread. */
  GuardedStream(EventStreamResponseHandler<R, E> handler) {
    this.handler = handler;
  }

  /** Notes an event before the subscriber gets it. */
  abstract void saw(E event);

  /** Whether the events so far are certainly the whole answer. */
  abstract boolean whole();

  /** Whether the answer may end after the events so far. */
  abstract boolean mayEnd();

  /** What to give a subscriber that threw on this event in its place; called once, or nothing. */
  abstract List<E> inOtherWords(E event);

  final @Nullable Exchange exchange() {
    return exchange;
  }

  /** Starts the exchange, on the thread whose current {@link Exchange} may stop it. */
  CompletableFuture<Void> run(OpenCalls calls, Supplier<CompletableFuture<Void>> call) {
    Runnable ending = () -> failNow(AbortedException.create(OpenCalls.CLOSED));
    calls.enter(ending);
    future.whenComplete((nothing, error) -> calls.leave(ending));
    if (exchange != null) {
      obey(exchange);
    }
    if (!over.get()) {
      start(call);
    }
    return future;
  }

  private void obey(Exchange current) {
    current.onStop(() -> future.cancel(true));
    current.onRoom(this::more);
    if (TimeLimit.isUsedUp(current.timeLimit())) {
      failNow(TimeLimit.usedUp(current.timeLimit()));
    }
  }

  private void more() {
    GuardedEvents<E> current = events;
    if (current != null) {
      current.more();
    }
  }

  private void start(Supplier<CompletableFuture<Void>> call) {
    CompletableFuture<Void> started;
    try {
      started = call.get();
    } catch (Throwable thrown) {
      failNow(thrown);
      return;
    }
    running = started;
    if (abandoned) {
      started.cancel(true);
    }
    started.whenComplete((nothing, error) -> exchangeEnded(error));
  }

  private void exchangeEnded(@Nullable Throwable error) {
    if (error == null) {
      complete();
    } else {
      early = !streaming;
      fail(error);
    }
  }

  @Override
  public void responseReceived(R response) {
    accepted();
    if (!over.get()) {
      guarded(() -> handler.responseReceived(response));
    }
  }

  private void accepted() {
    if (exchange != null) {
      exchange.accepted();
    }
  }

  @Override
  public void onEventStream(SdkPublisher<E> publisher) {
    if (streaming) {
      // A client that retries: what was handed on cannot be taken back.
      throw new IllegalStateException("a stream cannot be started again");
    }
    streaming = true;
    accepted();
    unread.set(publisher);
    if (over.get()) {
      refuse();
    } else {
      guarded(() -> handler.onEventStream(SdkPublisher.<E>adapt(this::connect)));
    }
  }

  private void connect(Subscriber<? super E> subscriber) {
    GuardedEvents<E> guarded = new GuardedEvents<>(this, subscriber);
    SdkPublisher<E> publisher = unread.getAndSet(null);
    if (publisher == null && !over.get()) {
      guarded.end(new IllegalStateException("these events have their subscriber"));
      return;
    }
    events = guarded;
    Ending early = ending;
    if (early != null) {
      guarded.end(early.error());
    }
    if (publisher != null) {
      publisher.subscribe(guarded);
    }
  }

  /** The SDK does not close the exchange of a stream that has no subscriber. */
  private void refuse() {
    SdkPublisher<E> publisher = unread.getAndSet(null);
    if (publisher != null) {
      publisher.subscribe(new RefusingSubscriber<>());
    }
  }

  /** Runs the handler's own code, which ends the stream if it throws. */
  private void guarded(Runnable action) {
    try {
      action.run();
    } catch (Throwable thrown) {
      failNow(thrown);
    }
  }

  @Override
  public void exceptionOccurred(Throwable error) {
    // Before the stream begins, the SDK says this once per try; only the future knows the last.
    if (streaming) {
      fail(error);
    }
  }

  /** The stream ended in good order, which says nothing about the answer. */
  @Override
  public void complete() {
    if (!mayEnd()) {
      fail(AttemptFailedException.truncated());
      return;
    }
    GuardedEvents<E> current = events;
    // A subscriber that still is at the last event may throw on it.
    if (current == null || !current.completeLater()) {
      completeNow();
    }
  }

  private void completeNow() {
    if (over.compareAndSet(false, true)) {
      finish(null);
    }
  }

  /** Waits for nobody; gives whether that cut the answer off. */
  private boolean stop() {
    if (whole()) {
      completeNow();
      return false;
    }
    return failNow(new StoppedException());
  }

  /** Ends it with what the SDK says, which no longer matters when the answer is whole. */
  void fail(Throwable raw) {
    if (whole()) {
      complete();
    } else {
      failNow(UnreadableAnswerException.insteadOf(StreamErrors.unwrapped(raw)));
    }
  }

  /**
   * Ends it with this error, however much of the answer came.
   *
   * @return whether this was the end
   */
  boolean failNow(Throwable error) {
    if (!over.compareAndSet(false, true)) {
      return false;
    }
    abandon();
    finish(error);
    return true;
  }

  private void finish(@Nullable Throwable error) {
    ending = new Ending(error);
    Throwable outcome = StreamErrors.joined(error, endEvents(error));
    outcome = StreamErrors.joined(outcome, tellHandler(outcome));
    if (outcome == null) {
      future.complete(null);
    } else if (!(outcome instanceof StoppedException)) {
      // A stopped one is about to be cancelled.
      future.completeExceptionally(outcome);
    }
  }

  /** Gives what the subscriber threw, if anything. */
  private @Nullable Throwable endEvents(@Nullable Throwable error) {
    GuardedEvents<E> current = events;
    if (current == null) {
      return null;
    }
    Throwable thrown = current.end(error);
    if (error != null && thrown == null && current.listens()) {
      future.subscriberTold();
    }
    return thrown;
  }

  /** Gives what the handler threw, if anything. */
  private @Nullable Throwable tellHandler(@Nullable Throwable error) {
    try {
      if (error == null) {
        handler.complete();
      } else {
        // As the SDK has it, which Spring AI passes on: wrapped before the stream begins.
        handler.exceptionOccurred(early ? new CompletionException(error) : error);
      }
      return null;
    } catch (Throwable thrown) {
      return thrown;
    }
  }

  /** As the SDK has it: the subscriber had enough, which is no failure. */
  void cancelledBySubscriber(Subscription upstream) {
    // Over first: the SDK answers a cancelled subscription with an error, or with an early end.
    boolean first = over.compareAndSet(false, true);
    upstream.cancel();
    if (first) {
      abandon();
      future.complete(null);
    }
  }

  private void abandon() {
    abandoned = true;
    CompletableFuture<Void> current = running;
    if (current != null) {
      current.cancel(true);
    }
    refuse();
  }
}
