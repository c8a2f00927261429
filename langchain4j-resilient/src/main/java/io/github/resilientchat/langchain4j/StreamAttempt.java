package io.github.resilientchat.langchain4j;

import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.resilientchat.core.AlreadyEnded;
import io.github.resilientchat.core.Attempt;
import io.github.resilientchat.core.Step;
import io.github.resilientchat.core.drive.Exchange;
import io.github.resilientchat.core.failure.AttemptFailedException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a streamed call: the handler that the target's model talks to. The engine's
 * attempt takes one ending and refuses content after it, so second errors, late tokens and signals
 * that race the watchdog end here.
 */
final class StreamAttempt implements StreamingChatResponseHandler {

  private final StreamCall call;
  private final Attempt attempt;
  private final Exchange exchange;
  private final Watchdog watchdog;
  private volatile boolean committed;
  private volatile @Nullable StreamingHandle upstream;

  StreamAttempt(StreamCall call, Attempt attempt, StreamThreads threads) {
    this.call = call;
    this.attempt = attempt;
    this.exchange = new Exchange(attempt.patience(), true);
    this.watchdog =
        new Watchdog(
            threads.alarms(),
            attempt::patience,
            call.signals()::busy,
            () -> threads.run(this::silent));
  }

  void start() {
    if (call.isCancelled()) {
      return;
    }
    watchdog.watch();
    ChatCall<StreamingChatModel> chat = call.chat();
    try (Exchange.Scope ignored = exchange.open()) {
      chat.model(attempt.target()).chat(chat.requestFor(attempt.target()), chat.options(), this);
    } catch (Throwable error) {
      failed(error);
    }
  }

  /** The caller went away. */
  void cancel() {
    attempt.cancelled();
    stop();
  }

  void failed(Throwable error) {
    Step next = attempt.failed(error);
    if (next != AlreadyEnded.INSTANCE) {
      stop();
      call.follow(next);
    }
  }

  private void silent() {
    failed(AttemptFailedException.noSignal(watchdog.waited(), committed));
  }

  private void stop() {
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
  private boolean accept(@Nullable StreamingHandle handle) {
    if (handle != null) {
      upstream = handle;
    }
    if (!attempt.accept()) {
      stop();
      return false;
    }
    if (committed) {
      watchdog.heard();
    } else {
      committed = true;
      watchdog.watch();
    }
    return true;
  }

  private void text(PartialResponse text, @Nullable StreamingHandle handle) {
    if (accept(handle)) {
      PartialResponseContext context = new PartialResponseContext(call);
      call.signals().text(text.text(), to -> to.onPartialResponse(text, context));
      watchdog.heard();
    }
  }

  private void thinking(PartialThinking thinking, @Nullable StreamingHandle handle) {
    if (accept(handle)) {
      PartialThinkingContext context = new PartialThinkingContext(call);
      call.signals().content(to -> to.onPartialThinking(thinking, context));
      watchdog.heard();
    }
  }

  private void toolCall(PartialToolCall toolCall, @Nullable StreamingHandle handle) {
    if (accept(handle)) {
      PartialToolCallContext context = new PartialToolCallContext(call);
      call.signals().content(to -> to.onPartialToolCall(toolCall, context));
      watchdog.heard();
    }
  }

  @Override
  public void onPartialResponse(String text) {
    if (!text.isEmpty()) {
      text(new PartialResponse(text), null);
    }
  }

  @Override
  public void onPartialResponse(PartialResponse text, PartialResponseContext context) {
    text(text, context.streamingHandle());
  }

  @Override
  public void onPartialThinking(PartialThinking thinking) {
    thinking(thinking, null);
  }

  @Override
  public void onPartialThinking(PartialThinking thinking, PartialThinkingContext context) {
    thinking(thinking, context.streamingHandle());
  }

  @Override
  public void onPartialToolCall(PartialToolCall toolCall) {
    toolCall(toolCall, null);
  }

  @Override
  public void onPartialToolCall(PartialToolCall toolCall, PartialToolCallContext context) {
    toolCall(toolCall, context.streamingHandle());
  }

  /** Commits like text: an AI service with a tool executor runs the tool at once. */
  @Override
  public void onCompleteToolCall(CompleteToolCall toolCall) {
    if (accept(null)) {
      call.signals().content(to -> to.onCompleteToolCall(toolCall));
      watchdog.heard();
    }
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    if (response.finishReason() == null) {
      failed(AttemptFailedException.truncated());
    } else if (attempt.completed(CountedTokens.of(response.tokenUsage()))) {
      watchdog.stop();
      call.signals().complete(new ResilientChatResponse(response, attempt.callReport()));
    }
  }

  @Override
  public void onError(Throwable error) {
    failed(error);
  }
}
