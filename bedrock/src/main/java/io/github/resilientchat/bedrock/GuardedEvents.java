package io.github.resilientchat.bedrock;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Stands between the SDK's events and their subscriber. The end of the stream may come from any
 * thread, but reaches the subscriber once, after the event it is busy with, and nothing follows it.
 */
final class GuardedEvents<E> implements Subscriber<E> {

  private static final int ENDED = 1 << 30;

  private final GuardedStream<?, E> stream;
  private final Subscriber<? super E> subscriber;
  // Events being delivered, and ENDED once no more may begin.
  private final AtomicInteger delivering = new AtomicInteger();
  private volatile boolean deaf;
  private @Nullable Throwable failure;

  GuardedEvents(GuardedStream<?, E> stream, Subscriber<? super E> subscriber) {
    this.stream = stream;
    this.subscriber = subscriber;
  }

  @Override
  public void onSubscribe(Subscription upstream) {
    subscriber.onSubscribe(
        new Subscription() {
          @Override
          public void request(long count) {
            upstream.request(count);
          }

          @Override
          public void cancel() {
            deaf = true;
            stream.cancelledBySubscriber(upstream);
          }
        });
  }

  @Override
  public void onNext(E event) {
    if (deaf || !enter()) {
      return;
    }
    stream.saw(event);
    try {
      subscriber.onNext(event);
    } catch (Throwable thrown) {
      // Against the rules of Reactive Streams, but a visitor's exception ends up here.
      deaf = true;
      stream.fail(thrown);
    }
    if (delivering.decrementAndGet() == ENDED) {
      tell();
    }
  }

  @Override
  public void onError(Throwable error) {
    stream.fail(UnreadableStreamException.unlessFromSdk(error));
  }

  @Override
  public void onComplete() {
    stream.complete();
  }

  /**
   * Ends the subscriber's stream; called once.
   *
   * @param error why, or null when all is well
   * @return whether the subscriber is told, now or after the event it is busy with
   */
  boolean end(@Nullable Throwable error) {
    failure = error;
    if (delivering.getAndUpdate(count -> count | ENDED) == 0) {
      tell();
    }
    return !deaf;
  }

  private boolean enter() {
    return delivering.getAndUpdate(count -> (count & ENDED) == 0 ? count + 1 : count) < ENDED;
  }

  private void tell() {
    if (deaf) {
      return;
    }
    if (failure == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(failure);
    }
  }
}
