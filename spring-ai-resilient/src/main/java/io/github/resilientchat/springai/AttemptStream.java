package io.github.resilientchat.springai;

import io.github.resilientchat.core.Attempt;
import io.github.resilientchat.core.CallReport;
import io.github.resilientchat.core.GiveUp;
import io.github.resilientchat.core.Step;
import io.github.resilientchat.core.StreamInterruptedException;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.failure.AttemptFailedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

/**
 * One attempt's stream. Parts without content are held back until the first content, and the last
 * ones until the answer is complete, when it is known what to say about it.
 */
final class AttemptStream extends BaseSubscriber<ChatResponse> {

  private static final int MAX_HELD = 64;

  private final StreamDriver driver;
  private final Attempt attempt;
  private final Disposable.Composite race;
  private final FluxSink<ChatResponse> sink;
  private final Sinks.Many<Boolean> signsOfLife = Sinks.many().multicast().directBestEffort();
  private final Deque<ChatResponse> held = new ArrayDeque<>(2);
  private final StringBuilder text = new StringBuilder();
  private boolean committed;
  private boolean finished;
  private @Nullable Usage usage;
  private Disposable hedging = Disposables.disposed();
  private volatile boolean heard;
  private volatile Duration waiting = Duration.ZERO;

  /**
   * @param race the streams that run beside this one
   */
  AttemptStream(
      StreamDriver driver,
      Attempt attempt,
      Disposable.Composite race,
      FluxSink<ChatResponse> sink) {
    this.driver = driver;
    this.attempt = attempt;
    this.race = race;
    this.sink = sink;
  }

  /** Calls the model, unless the caller went away before. */
  void start() {
    if (isDisposed()) {
      return;
    }
    attempt
        .hedgeAfter()
        .ifPresent(after -> hedging = driver.later(after, () -> driver.hedge(attempt, race)));
    Flux.defer(() -> driver.open(attempt, this::heard))
        .timeout(silence(), part -> silence(), Flux.error(this::noSignal))
        .subscribe(this);
  }

  /** Over when nothing was heard for as long as the attempt is patient. */
  private Mono<Long> silence() {
    return signsOfLife.asFlux().startWith(true).switchMap(sign -> patience()).next();
  }

  private Mono<Long> patience() {
    waiting = attempt.patience();
    return Mono.delay(waiting);
  }

  private void heard(long characters) {
    heard = true;
    attempt.heard(characters);
    signsOfLife.tryEmitNext(true);
  }

  private AttemptFailedException noSignal() {
    return AttemptFailedException.noSignal(waiting, committed || heard);
  }

  @Override
  public Context currentContext() {
    return Context.of(sink.contextView());
  }

  @Override
  protected void hookOnNext(ChatResponse part) {
    if (Chunks.hasContent(part) && !accepted(part)) {
      cancel();
      return;
    }
    finished |= Chunks.hasFinishReason(part);
    Usage counted = CountedTokens.of(part);
    usage = counted == null ? usage : counted;
    text.append(Chunks.text(part));
    if (committed && !finished) {
      release();
      sink.next(part);
    } else {
      hold(part);
    }
  }

  private boolean accepted(ChatResponse content) {
    if (!attempt.accept()) {
      return false;
    }
    attempt.received(Chunks.length(content));
    if (!committed) {
      committed = true;
      driver.won(this, race);
    }
    return true;
  }

  private void hold(ChatResponse part) {
    held.add(part);
    if (held.size() > MAX_HELD) {
      ChatResponse oldest = held.remove();
      if (committed) {
        sink.next(oldest);
      }
    }
  }

  private void release() {
    held.forEach(sink::next);
    held.clear();
  }

  @Override
  protected void hookOnComplete() {
    if (!finished) {
      hookOnError(AttemptFailedException.truncated());
    } else if (attempt.completed(usage)) {
      driver.won(this, race);
      CallReport report = attempt.callReport();
      held.forEach(part -> sink.next(AnswerMetadata.stamp(part, report)));
      sink.complete();
    }
  }

  @Override
  protected void hookOnError(Throwable error) {
    hedging.dispose();
    Step next = attempt.failed(error);
    if (committed) {
      release();
    }
    driver.follow(withText(next));
  }

  private Step withText(Step next) {
    return next instanceof GiveUp giveUp
            && giveUp.reason() instanceof StreamInterruptedException interrupted
        ? new GiveUp(interrupted.withPartialText(text.toString()), giveUp.report())
        : next;
  }

  /**
   * The caller went away, or another attempt has won. Not left to the cancel hook, which is silent
   * before the model's start.
   */
  @Override
  public void dispose() {
    cancel();
    hedging.dispose();
    attempt.cancelled();
  }
}
