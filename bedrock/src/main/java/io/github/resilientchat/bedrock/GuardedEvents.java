package io.github.resilientchat.bedrock;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between the SDK's events and their subscriber. The end of the stream may come from any
 * thread, but reaches the subscriber once, after the event it is busy with, and nothing follows it.
 * A subscriber that throws has had its end, unless it takes the event in other words.
 */
final class GuardedEvents<E> implements Subscriber<E> {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedEvents.class);

  private static final int ENDED = 1 << 30;
  private static final int COMPLETING = 1 << 29;
  private static final int SIGNALS = COMPLETING - 1;

  private static final Subscription NOTHING_LEFT =
      new Subscription() {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
      };

  private final GuardedStream<?, E> stream;
  private final Subscriber<? super E> subscriber;
  // Signals being delivered; ENDED once no more may begin; COMPLETING when the last of them is.
  private final AtomicInteger delivering = new AtomicInteger();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile boolean deaf;
  private volatile @Nullable Demand demand;
  private volatile @Nullable Subscription upstream;
  private boolean subscribed;
  private @Nullable Throwable failure;

  GuardedEvents(GuardedStream<?, E> stream, Subscriber<? super E> subscriber) {
    this.stream = stream;
    this.subscriber = subscriber;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    if (!enter()) {
      subscription.cancel();
      return;
    }
    Demand paced = new Demand(subscription, stream);
    upstream = subscription;
    demand = paced;
    subscribed = true;
    if (ended.get()) {
      subscription.cancel();
    }
    try {
      subscriber.onSubscribe(downstream(subscription, paced));
    } catch (Throwable thrown) {
      threw(thrown);
    }
    leave();
  }

  private Subscription downstream(Subscription subscription, Demand paced) {
    return new Subscription() {
      @Override
      public void request(long count) {
        paced.add(count);
      }

      @Override
      public void cancel() {
        deaf = true;
        stream.cancelledBySubscriber(subscription);
      }
    };
  }

  @Override
  public void onNext(E event) {
    Demand paced = demand;
    if (paced != null) {
      paced.arrived();
    }
    if (deaf || !enter()) {
      return;
    }
    if (noted(event)) {
      deliver(event);
    }
    leave();
    if (paced != null) {
      paced.ask();
    }
  }

  /** Those who hear of progress may throw, too; the subscriber then hears of it as of any error. */
  private boolean noted(E event) {
    try {
      stream.saw(event);
      return true;
    } catch (Throwable thrown) {
      stream.failNow(thrown);
      return false;
    }
  }

  private void deliver(E event) {
    try {
      subscriber.onNext(event);
    } catch (Throwable thrown) {
      // Against the rules of Reactive Streams, but a visitor's exception ends up here.
      if (thrown instanceof Error || !takes(stream.inOtherWords(event), thrown)) {
        threw(thrown);
      }
    }
  }

  private boolean takes(List<E> otherWords, Throwable thrown) {
    if (deaf || otherWords.isEmpty()) {
      return false;
    }
    try {
      otherWords.forEach(subscriber::onNext);
      return true;
    } catch (Throwable again) {
      StreamErrors.joined(thrown, again);
      return false;
    }
  }

  private void threw(Throwable thrown) {
    deaf = true;
    if (!stream.failNow(thrown)) {
      log(thrown);
    }
  }

  /** Without the message, in which a framework may quote the answer. */
  private static void log(Throwable thrown) {
    LOG.warn("An event subscriber threw {} after the end of its stream", thrown.getClass());
  }

  @Override
  public void onError(Throwable error) {
    stream.fail(UnreadableStreamException.unlessFromSdk(error));
  }

  @Override
  public void onComplete() {
    stream.complete();
  }

  /** There may be room for more events. */
  void more() {
    Demand paced = demand;
    if (paced != null) {
      paced.ask();
    }
  }

  /** Whether the subscriber is busy with an event; the stream is then completed after it. */
  boolean completeLater() {
    int before =
        delivering.getAndUpdate(state -> (state & SIGNALS) > 0 ? state | COMPLETING : state);
    return (before & SIGNALS) > 0;
  }

  /**
   * Ends the subscriber's stream, now or after the signal that it is busy with; the second call
   * does nothing.
   *
   * @param error why, or null when all is well
   * @return what the subscriber threw at being told, if it was told now
   */
  @Nullable Throwable end(@Nullable Throwable error) {
    if (!ended.compareAndSet(false, true)) {
      return null;
    }
    failure = error;
    Subscription current = upstream;
    if (error != null && current != null) {
      // The future that was cancelled may be that of a client around the SDK's.
      current.cancel();
    }
    int before = delivering.getAndUpdate(state -> state | ENDED);
    return (before & SIGNALS) == 0 ? tell() : null;
  }

  /** Whether the subscriber still wants to hear of an end. */
  boolean listens() {
    return !deaf;
  }

  private boolean enter() {
    return (delivering.getAndUpdate(state -> (state & ENDED) == 0 ? state + 1 : state) & ENDED)
        == 0;
  }

  private void leave() {
    int after = delivering.decrementAndGet();
    if ((after & SIGNALS) > 0) {
      return;
    }
    if ((after & ENDED) != 0) {
      Throwable thrown = tell();
      if (thrown != null) {
        log(thrown);
      }
    } else if ((after & COMPLETING) != 0) {
      stream.complete();
    }
  }

  private @Nullable Throwable tell() {
    if (deaf) {
      return null;
    }
    try {
      if (!subscribed) {
        subscriber.onSubscribe(NOTHING_LEFT);
      }
      if (failure == null) {
        subscriber.onComplete();
      } else {
        subscriber.onError(failure);
      }
      return null;
    } catch (Throwable thrown) {
      return thrown;
    }
  }
}
