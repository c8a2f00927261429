package io.github.resilientchat.langchain4j;

import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.resilientchat.core.Attempt;
import io.github.resilientchat.core.Step;
import io.github.resilientchat.core.drive.Exchange;
import io.github.resilientchat.core.failure.AttemptFailedException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a streamed call and its exchange. The engine's attempt takes one ending and
 * refuses content after it, so second errors, late tokens, signals that race the watchdog and those
 * of an attempt that lost to its hedge end here.
 */
final class StreamAttempt {

  private final StreamCall call;
  private final Attempt attempt;
  private final Exchange exchange;
  private final Watchdog watchdog;
  private final HedgeAlarm hedge;
  private volatile boolean alive;
  private volatile boolean committed;
  private volatile boolean stopped;
  private boolean over;
  private volatile @Nullable StreamingHandle upstream;

  StreamAttempt(StreamCall call, Attempt attempt) {
    this.call = call;
    this.attempt = attempt;
    this.exchange = new Exchange(attempt.patience(), true);
    this.watchdog =
        new Watchdog(
            call.alarms(), attempt::patience, call.signals()::busy, () -> call.run(this::silent));
    this.hedge = new HedgeAlarm(call, attempt);
    exchange.onProgress(this::progressed);
  }

  void start() {
    if (stopped || call.isCancelled()) {
      return;
    }
    if (Thread.currentThread().isInterrupted()) {
      // Clients refuse such a thread: the attempt ends here, before it costs anything.
      call.follow(attempt.abandoned());
      return;
    }
    watchdog.watch();
    hedge.set();
    ChatCall<StreamingChatModel> chat = call.chat();
    try (Exchange.Scope ignored = exchange.open()) {
      chat.model(attempt.target())
          .chat(chat.requestFor(attempt.target()), chat.options(), new TargetSignals(this));
    } catch (Throwable error) {
      failed(error);
    }
  }

  /** The caller went away. */
  void cancel() {
    attempt.cancelled();
    stop();
  }

  /** Ends it with what the engine says next: nothing, if it was over or another one still runs. */
  void failed(Throwable error) {
    Step next = end(error);
    call.steps().leave(this);
    stop();
    call.follow(next);
  }

  /** Not while content is being accepted, which would win a call that the attempt has left. */
  private synchronized Step end(Throwable error) {
    over = true;
    return attempt.failed(error);
  }

  private synchronized boolean commit() {
    return !over && attempt.accept();
  }

  private void silent() {
    failed(AttemptFailedException.noSignal(watchdog.waited(), alive));
  }

  /** Closes the exchange and lets the timers go; to be called as often as one likes. */
  void stop() {
    stopped = true;
    hedge.cancel();
    watchdog.stop();
    exchange.stop();
    StreamingHandle handle = upstream;
    if (handle != null) {
      try {
        handle.cancel();
      } catch (UnsupportedFeatureException e) {
        // LangChain4j's handle of models that cannot cancel; what they still send is dropped.
        upstream = null;
      }
    }
  }

  /** Whether content that arrived is to be delivered. */
  boolean accept(@Nullable StreamingHandle handle) {
    if (handle != null) {
      upstream = handle;
    }
    if (!commit()) {
      stop();
      return false;
    }
    if (!committed) {
      committed = true;
      hedge.cancel();
      call.steps().won(this);
    }
    heard();
    return true;
  }

  /** The client received something, which the target's model may never pass on. */
  private void progressed(long characters) {
    attempt.heard(characters);
    heard();
  }

  /** A signal came, or was dealt with. */
  void heard() {
    if (alive) {
      watchdog.heard();
    } else {
      alive = true;
      watchdog.watch();
    }
  }

  /** Content of this length is being delivered. */
  void received(long characters) {
    attempt.received(characters);
  }

  void completed(ChatResponse response) {
    if (response.finishReason() == null) {
      failed(AttemptFailedException.truncated());
    } else if (attempt.completed(CountedTokens.of(response.tokenUsage()))) {
      hedge.cancel();
      watchdog.stop();
      call.steps().won(this);
      call.complete(response, attempt.callReport());
    } else {
      stop();
    }
  }

  StreamCall call() {
    return call;
  }
}
