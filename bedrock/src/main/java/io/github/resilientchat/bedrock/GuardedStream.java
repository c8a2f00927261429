package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.core.failure.AttemptFailedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.awscore.eventstream.EventStreamResponseHandler;
import software.amazon.awssdk.core.async.SdkPublisher;

/**
 * One streamed answer between the SDK and its handler: ends once, for the event subscriber, the
 * handler and the future alike, whichever of them or of the threads of the SDK is first.
 */
abstract class GuardedStream<R, E> implements EventStreamResponseHandler<R, E> {

  private final EventStreamResponseHandler<R, E> handler;
  private final StreamFuture future = new StreamFuture(() -> fail(new StoppedException()));
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile boolean abandoned;
  private volatile boolean streaming;
  private volatile @Nullable GuardedEvents<E> events;
  private volatile @Nullable CompletableFuture<Void> exchange;
  private volatile LongConsumer progress = characters -> {};

  GuardedStream(EventStreamResponseHandler<R, E> handler) {
    this.handler = handler;
  }

  /** Notes an event before the subscriber gets it. */
  abstract void saw(E event);

  /** Whether the events so far are certainly the whole answer. */
  abstract boolean whole();

  /** Whether the answer may end after the events so far. */
  abstract boolean mayEnd();

  /** A piece of the answer arrived, of so many characters, which a framework may keep to itself. */
  final void progressed(long characters) {
    progress.accept(characters);
  }

  /** Starts the exchange, on the thread whose current {@link Exchange} may stop it. */
  CompletableFuture<Void> run(Supplier<CompletableFuture<Void>> call) {
    Exchange.current().ifPresent(this::obey);
    if (over.get()) {
      return future;
    }
    CompletableFuture<Void> started;
    try {
      started = call.get();
    } catch (RuntimeException e) {
      fail(e);
      return future;
    }
    exchange = started;
    if (abandoned) {
      started.cancel(true);
    }
    started.whenComplete((nothing, error) -> exchangeEnded(error));
    return future;
  }

  private void obey(Exchange current) {
    progress = current::progressed;
    current.onStop(() -> future.cancel(true));
    if (TimeLimit.isUsedUp(current.timeLimit())) {
      fail(AttemptFailedException.noSignal(current.timeLimit(), false));
    }
  }

  private void exchangeEnded(@Nullable Throwable error) {
    if (error == null) {
      complete();
    } else {
      fail(error);
    }
  }

  @Override
  public void responseReceived(R response) {
    handler.responseReceived(response);
  }

  @Override
  public void onEventStream(SdkPublisher<E> publisher) {
    if (streaming) {
      // A client that retries: what was handed on cannot be taken back.
      throw new IllegalStateException("a stream cannot be started again");
    }
    streaming = true;
    handler.onEventStream(
        SdkPublisher.adapt(
            subscriber -> {
              GuardedEvents<E> guarded = new GuardedEvents<>(this, subscriber);
              events = guarded;
              publisher.subscribe(guarded);
            }));
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
    } else if (over.compareAndSet(false, true)) {
      try {
        endEvents(null);
        handler.complete();
      } finally {
        future.complete(null);
      }
    }
  }

  void fail(Throwable raw) {
    if (whole()) {
      complete();
    } else if (over.compareAndSet(false, true)) {
      abandon();
      Throwable error = unwrap(raw);
      tell(error);
      if (!(error instanceof StoppedException)) {
        // A stopped one is about to be cancelled.
        future.completeExceptionally(error);
      }
    }
  }

  private void tell(Throwable error) {
    try {
      endEvents(error);
      handler.exceptionOccurred(error);
    } catch (RuntimeException thrown) {
      // Theirs; the future must end all the same.
      error.addSuppressed(thrown);
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

  private void endEvents(@Nullable Throwable error) {
    GuardedEvents<E> current = events;
    if (current != null && current.end(error)) {
      future.subscriberTold();
    }
  }

  private void abandon() {
    abandoned = true;
    CompletableFuture<Void> current = exchange;
    if (current != null) {
      current.cancel(true);
    }
  }

  private static Throwable unwrap(Throwable error) {
    Throwable cause = error.getCause();
    return error instanceof CompletionException && cause != null ? cause : error;
  }
}
