package io.github.resilientchat.springai;

import io.github.resilientchat.core.adapter.StreamThreads;
import io.github.resilientchat.core.adapter.Streaming;
import io.github.resilientchat.core.adapter.StreamingCall;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.StreamInterruptedException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;

/** What a subscriber is told, as it asks for it; also its subscription. */
final class SubscriberAudience implements Streaming.Audience<ChatResponse>, Subscription {

  private final Subscriber<? super ChatResponse> subscriber;
  private final StreamThreads threads;
  private final AtomicLong wanted = new AtomicLong();
  private @Nullable StreamingCall<ChatResponse> call;

  SubscriberAudience(Subscriber<? super ChatResponse> subscriber, StreamThreads threads) {
    this.subscriber = subscriber;
    this.threads = threads;
  }

  /** Begins the call, unless the subscriber cancels at once. */
  void begin(StreamingCall<ChatResponse> made) {
    call = made;
    subscriber.onSubscribe(this);
    if (!made.isCancelled()) {
      made.begin();
    }
  }

  private StreamingCall<ChatResponse> call() {
    return Objects.requireNonNull(call);
  }

  @Override
  public void request(long count) {
    if (count <= 0) {
      // Rule 3.9 of Reactive Streams.
      call().cancel();
      subscriber.onError(
          new IllegalArgumentException("a subscriber asks for at least one part: " + count));
      return;
    }
    wanted.accumulateAndGet(count, Operators::addCap);
    call().more();
  }

  /** Not on a thread that many share: others' listeners and breakers hear of it. */
  @Override
  public void cancel() {
    if (Schedulers.isInNonBlockingThread()) {
      threads.executor().execute(call()::cancel);
    } else {
      call().cancel();
    }
  }

  @Override
  public boolean isReady() {
    return wanted.get() > 0;
  }

  @Override
  public void part(ChatResponse part) {
    tell(part);
  }

  @Override
  public void restart(StreamInterruptedException broken) {
    tell(BrokenStreams.marker(broken));
  }

  @Override
  public void lastPart(ChatResponse part, CallReport report) {
    tell(AnswerMetadata.stamp(part, report));
  }

  private void tell(ChatResponse part) {
    if (wanted.get() != Long.MAX_VALUE) {
      wanted.decrementAndGet();
    }
    subscriber.onNext(part);
  }

  @Override
  public void complete(CallReport report) {
    subscriber.onComplete();
  }

  @Override
  public void fail(Throwable reason) {
    subscriber.onError(UnreadableToolCall.asTold(reason));
  }
}
