package io.github.resilientchat.bedrock;

import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Takes nothing: its subscription is cancelled at once. */
final class RefusingSubscriber<E> implements Subscriber<E> {

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.cancel();
  }

  @Override
  public void onNext(E event) {}

  @Override
  public void onError(Throwable error) {}

  @Override
  public void onComplete() {}
}
