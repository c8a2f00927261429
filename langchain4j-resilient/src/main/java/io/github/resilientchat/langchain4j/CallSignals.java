package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.resilientchat.core.StreamInterruptedException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one call tells its handler: one signal at a time, in order, at most one ending, and nothing
 * after it or after {@link #silence}. No thread ever waits for another here: whoever finds the
 * handler idle delivers what has queued up.
 *
 * <p>The handler is told in the context of the caller, on whatever thread: AI services run tools
 * and make their next call while they are told.
 *
 * <p>What the handler throws comes back to its {@code onError} and the stream goes on, as
 * LangChain4j's contract tests demand ({@code should_propagate_user_exceptions_*}); the target's
 * model never sees it.
 */
final class CallSignals {

  private static final Logger LOG = LoggerFactory.getLogger(StreamingChatResponseHandler.class);

  private final StreamingChatResponseHandler handler;
  private final CallListeners listeners;
  private final UnaryOperator<Runnable> context;
  private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queued = new AtomicInteger();
  private final StringBuilder text = new StringBuilder();
  private boolean ended;
  private volatile boolean silenced;

  CallSignals(
      StreamingChatResponseHandler handler,
      CallListeners listeners,
      UnaryOperator<Runnable> context) {
    this.handler = handler;
    this.listeners = listeners;
    this.context = context;
  }

  void text(String more, Consumer<StreamingChatResponseHandler> signal) {
    deliver(
        () -> {
          text.append(more);
          tell(signal);
        });
  }

  void content(Consumer<StreamingChatResponseHandler> signal) {
    deliver(() -> tell(signal));
  }

  /** What was told so far is void. */
  void restart(StreamInterruptedException why) {
    deliver(
        () -> {
          StreamInterruptedException told = why.withPartialText(text.toString());
          text.setLength(0);
          listeners.restarted(told);
          tell(to -> ((RestartableHandler) to).onRestart(told));
        });
  }

  void complete(ChatResponse response) {
    deliver(
        () -> {
          ended = true;
          listeners.onResponse(response);
          tell(to -> to.onCompleteResponse(response));
        });
  }

  void fail(Throwable reason) {
    deliver(
        () -> {
          ended = true;
          tellError(
              reason instanceof StreamInterruptedException broken
                  ? broken.withPartialText(text.toString())
                  : reason);
        });
  }

  /** Nothing more is told; a signal that the handler is in stays the last. */
  void silence() {
    silenced = true;
  }

  /** Whether the handler is occupied with a signal. */
  boolean busy() {
    return queued.get() > 0;
  }

  private void deliver(Runnable signal) {
    queue.add(signal);
    if (queued.getAndIncrement() == 0) {
      context.apply(this::drain).run();
    }
  }

  private void drain() {
    do {
      Runnable next = queue.remove();
      if (!ended && !silenced) {
        next.run();
      }
    } while (queued.decrementAndGet() > 0);
  }

  private void tell(Consumer<StreamingChatResponseHandler> signal) {
    try {
      signal.accept(handler);
    } catch (Throwable thrown) {
      tellError(thrown);
    }
  }

  private void tellError(Throwable error) {
    if (silenced) {
      return;
    }
    listeners.onError(error);
    try {
      handler.onError(error);
    } catch (Throwable thrown) {
      LOG.warn("onError of {} failed, which ends nothing", handler.getClass().getName(), thrown);
    }
  }
}
