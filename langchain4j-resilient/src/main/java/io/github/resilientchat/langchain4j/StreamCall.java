package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.resilientchat.core.Attempt;
import io.github.resilientchat.core.CallReport;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.GiveUp;
import io.github.resilientchat.core.Pause;
import io.github.resilientchat.core.Step;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * Drives one streamed call: starts attempts, sits out pauses and tells the handler how it ended, as
 * the engine's steps say. It is also the handle by which the caller cancels, at any time.
 *
 * <p>The first attempt starts on the calling thread, later ones on the executor: errors arrive on
 * the provider's event loop, which must not be blocked.
 */
final class StreamCall implements StreamingHandle {

  private final ChatCall<StreamingChatModel> chat;
  private final StreamThreads threads;
  private final StreamingChatResponseHandler handler;
  private final CallSignals signals;
  private final LiveSteps steps = new LiveSteps();
  private final UnaryOperator<Runnable> context;
  private final Restart restart;

  StreamCall(
      ChatCall<StreamingChatModel> chat,
      StreamThreads threads,
      StreamingChatResponseHandler handler) {
    this.chat = chat;
    this.threads = threads;
    this.handler = handler;
    this.context = contextOf(chat, threads);
    this.signals = new CallSignals(handler, chat.listeners(), context);
    this.restart = new Restart(handler, chat);
  }

  /** The caller's thread as it was, and the caller, however the call came to know it. */
  private static UnaryOperator<Runnable> contextOf(ChatCall<?> chat, StreamThreads threads) {
    UnaryOperator<Runnable> captured = new SafeContext(threads.context().capture());
    Caller caller = chat.modelCall().caller();
    return caller.isAnonymous() ? captured : task -> captured.apply(() -> runAs(caller, task));
  }

  private static void runAs(Caller caller, Runnable task) {
    try (CallerScope ignored = CallerScope.open(caller)) {
      task.run();
    }
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

  LiveSteps steps() {
    return steps;
  }

  Alarms alarms() {
    return threads.alarms();
  }

  /** Runs a task away from the provider's and the timer's threads, in the caller's context. */
  void run(Runnable task) {
    threads.run(context.apply(task));
  }

  /** Goes on after a failure that was noticed on anybody's thread. */
  void follow(Step step) {
    follow(step, this::run);
  }

  private void follow(Step step, Executor where) {
    if (step instanceof Attempt attempt) {
      StreamAttempt next = new StreamAttempt(this, attempt);
      if (steps.enter(next)) {
        where.execute(next::start);
      }
    } else if (step instanceof Pause pause) {
      sitOut(pause);
    } else if (step instanceof GiveUp giveUp) {
      giveUp(giveUp);
    }
  }

  private void sitOut(Pause pause) {
    if (steps.enter(pause)) {
      Runnable resume = () -> follow(pause.resume(), Runnable::run);
      threads.alarms().after(pause.delay(), () -> run(resume));
    }
  }

  private void giveUp(GiveUp giveUp) {
    steps.clear();
    if (isCancelled() || !restart.takes(giveUp)) {
      signals.fail(restart.explained(giveUp.reason()));
      return;
    }
    signals.restart(restart.why());
    run(this::startAgain);
  }

  private void startAgain() {
    if (!isCancelled()) {
      follow(chat.router().begin(restart.remainder()), Runnable::run);
    }
  }

  void complete(ChatResponse answer, CallReport report) {
    signals.complete(chat.answer(answer, restart.told(report)));
  }

  @Override
  public void cancel() {
    signals.silence();
    steps.cancel();
  }

  @Override
  public boolean isCancelled() {
    return steps.isCancelled();
  }
}
