package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.resilientchat.core.Attempt;
import io.github.resilientchat.core.GiveUp;
import io.github.resilientchat.core.Pause;
import io.github.resilientchat.core.Step;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Drives one streamed call: starts attempts, sits out pauses and tells the handler how it ended, as
 * the engine's steps say. It is also the handle by which the caller cancels, at any time.
 *
 * <p>The first attempt starts on the calling thread, later ones on the executor: errors arrive on
 * the provider's event loop, which must not be blocked.
 */
final class StreamCall implements StreamingHandle {

  private static final Runnable CANCELLED = () -> {};

  private final ChatCall<StreamingChatModel> chat;
  private final StreamThreads threads;
  private final StreamingChatResponseHandler handler;
  private final CallSignals signals;

  /** How to cancel the step that the call is in, or {@link #CANCELLED} for good. */
  private final AtomicReference<Runnable> cancelStep = new AtomicReference<>(() -> {});

  StreamCall(
      ChatCall<StreamingChatModel> chat,
      StreamThreads threads,
      StreamingChatResponseHandler handler) {
    this.chat = chat;
    this.threads = threads;
    this.handler = handler;
    this.signals = new CallSignals(handler, chat.listeners());
  }

  void begin() {
    chat.listeners().onRequest();
    if (handler instanceof StreamStartHandler starting) {
      signals.content(to -> starting.onStart(this));
    }
    if (!isCancelled()) {
      follow(chat.router().begin(chat.modelCall()), Runnable::run);
    }
  }

  ChatCall<StreamingChatModel> chat() {
    return chat;
  }

  CallSignals signals() {
    return signals;
  }

  /** Goes on after a failure that was noticed on anybody's thread. */
  void follow(Step step) {
    follow(step, threads::run);
  }

  private void follow(Step step, Executor where) {
    if (step instanceof Attempt attempt) {
      StreamAttempt next = new StreamAttempt(this, attempt, threads);
      if (enter(next::cancel)) {
        where.execute(next::start);
      }
    } else if (step instanceof Pause pause) {
      sitOut(pause);
    } else if (step instanceof GiveUp giveUp) {
      signals.fail(giveUp.reason());
    }
  }

  private void sitOut(Pause pause) {
    if (enter(pause::cancelled)) {
      Runnable resume = () -> follow(pause.resume(), Runnable::run);
      threads.alarms().after(pause.delay(), () -> threads.run(resume));
    }
  }

  /** Makes this the step that cancelling ends; false, and ended, when it was cancelled already. */
  private boolean enter(Runnable cancel) {
    Runnable before = cancelStep.getAndUpdate(was -> was == CANCELLED ? CANCELLED : cancel);
    if (before == CANCELLED) {
      cancel.run();
      return false;
    }
    return true;
  }

  @Override
  public void cancel() {
    signals.silence();
    cancelStep.getAndSet(CANCELLED).run();
  }

  @Override
  public boolean isCancelled() {
    return cancelStep.get() == CANCELLED;
  }
}
