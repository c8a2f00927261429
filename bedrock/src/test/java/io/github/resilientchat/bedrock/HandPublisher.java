package io.github.resilientchat.bedrock;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Publishes by hand, and books what it was asked for. */
final class HandPublisher<E> implements Publisher<E>, Subscription {

  final AtomicLong requested = new AtomicLong();
  final AtomicLong published = new AtomicLong();
  final AtomicLong mostUnderWay = new AtomicLong();
  final AtomicInteger deepest = new AtomicInteger();
  volatile boolean cancelled;

  private final E event;
  private final AtomicInteger depth = new AtomicInteger();
  private volatile Subscriber<? super E> subscriber;
  private volatile LongConsumer onRequest = count -> {};

  HandPublisher(E event) {
    this.event = event;
  }

  /** Says what to do at each request, on the thread that makes it. */
  HandPublisher<E> onRequest(LongConsumer action) {
    onRequest = action;
    return this;
  }

  void publish(long count) {
    for (long i = 0; i < count; i++) {
      publish(event);
    }
  }

  void publish(E other) {
    published.incrementAndGet();
    subscriber.onNext(other);
  }

  void fail(Throwable error) {
    subscriber.onError(error);
  }

  void complete() {
    subscriber.onComplete();
  }

  @Override
  public void subscribe(Subscriber<? super E> value) {
    subscriber = value;
    value.onSubscribe(this);
  }

  @Override
  public void request(long count) {
    long underWay = requested.addAndGet(count) - published.get();
    mostUnderWay.accumulateAndGet(underWay, Math::max);
    deepest.accumulateAndGet(depth.incrementAndGet(), Math::max);
    onRequest.accept(count);
    depth.decrementAndGet();
  }

  @Override
  public void cancel() {
    cancelled = true;
  }
}
