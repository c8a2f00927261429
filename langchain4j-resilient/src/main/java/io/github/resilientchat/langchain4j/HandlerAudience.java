package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.resilientchat.core.adapter.Streaming;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.StreamInterruptedException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a handler is told. What it throws comes back to its {@code onError} and the stream goes on,
 * as LangChain4j's contract tests demand ({@code should_propagate_user_exceptions_*}); the target's
 * model never sees it.
 */
final class HandlerAudience implements Streaming.Audience<Object> {

  private static final Logger LOG = LoggerFactory.getLogger(StreamingChatResponseHandler.class);

  private final StreamedCall call;
  private final ChatCall<?> chat;
  private final StreamingChatResponseHandler handler;
  private final PartialResponseContext textContext;
  private @Nullable ChatResponse whole;
  private @Nullable Throwable refusal;

  HandlerAudience(StreamedCall call, ChatCall<?> chat, StreamingChatResponseHandler handler) {
    this.call = call;
    this.chat = chat;
    this.handler = handler;
    this.textContext = new PartialResponseContext(call);
  }

  /** A handler takes what comes. */
  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void part(Object part) {
    try {
      if (part instanceof PartialResponse text) {
        handler.onPartialResponse(text, textContext);
      } else if (part instanceof PartialThinking thinking) {
        handler.onPartialThinking(thinking, new PartialThinkingContext(call));
      } else if (part instanceof PartialToolCall piece) {
        handler.onPartialToolCall(piece, new PartialToolCallContext(call));
      } else if (part instanceof StreamedModels.WholeToolCall toolCall) {
        handler.onCompleteToolCall(toolCall.call());
      } else {
        whole = (ChatResponse) part;
      }
    } catch (Throwable thrown) {
      tellError(thrown);
    }
  }

  /** The whole answer, which is told when it is known how it came about. */
  @Override
  public void lastPart(Object part, CallReport report) {
    part(part);
  }

  @Override
  public void restart(StreamInterruptedException broken) {
    chat.listeners().restarted(broken);
    tell(to -> ((RestartableHandler) to).onRestart(broken));
  }

  @Override
  public void complete(CallReport report) {
    ChatResponse answer = chat.answer(Objects.requireNonNull(whole, "no answer"), report);
    chat.listeners().onResponse(answer);
    // Unless a listener has cancelled.
    if (!call.isCancelled()) {
      tell(to -> to.onCompleteResponse(answer));
    }
  }

  @Override
  public void fail(Throwable reason) {
    tellError(UnreadableToolCall.asTold(reason));
  }

  /** As LangChain4j's models do, which throw what they refuse: from {@code chat} itself. */
  @Override
  public void refused(Throwable reason) {
    chat.listeners().onError(reason);
    refusal = reason;
  }

  /** What the call was refused with before it began, or null. */
  @Nullable Throwable refusal() {
    return refusal;
  }

  void tell(Consumer<StreamingChatResponseHandler> word) {
    try {
      word.accept(handler);
    } catch (Throwable thrown) {
      tellError(thrown);
    }
  }

  private void tellError(Throwable error) {
    if (call.isCancelled()) {
      return;
    }
    chat.listeners().onError(error);
    if (!call.isCancelled()) {
      tellError(handler, error);
    }
  }

  /** Exceptions of {@code onError} end nothing. */
  static void tellError(StreamingChatResponseHandler handler, Throwable error) {
    try {
      handler.onError(error);
    } catch (Throwable thrown) {
      LOG.warn("onError of {} failed, which ends nothing", handler.getClass().getName(), thrown);
    }
  }
}
