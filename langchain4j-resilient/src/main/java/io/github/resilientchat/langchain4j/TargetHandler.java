package io.github.resilientchat.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.exception.UnsupportedFeatureException;
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
import io.github.resilientchat.core.adapter.Streaming;
import org.jspecify.annotations.Nullable;

/**
 * Hears a target's model in one attempt, on whatever thread it speaks. Throws nothing at it: a part
 * that is null goes on as such, and is the target's failure.
 */
final class TargetHandler implements StreamingChatResponseHandler {

  private final Streaming.Signals<Object> signals;
  private volatile @Nullable StreamingHandle upstream;

  /** Characters of the tool call that arrives in pieces; its whole repeats them. */
  private volatile long pieces;

  private volatile boolean afterToolCall;

  TargetHandler(Streaming.Signals<Object> signals) {
    this.signals = signals;
  }

  private void part(@Nullable Object part, @Nullable StreamingHandle handle) {
    if (handle != null && handle != upstream) {
      upstream = handle;
      signals.onStop(() -> stop(handle));
    }
    afterToolCall = part instanceof StreamedModels.WholeToolCall;
    signals.part(part);
  }

  private static void stop(StreamingHandle handle) {
    try {
      handle.cancel();
    } catch (UnsupportedFeatureException e) {
      // LangChain4j's handle of models that cannot cancel; what they still send is dropped.
      return;
    }
  }

  @Override
  public void onPartialResponse(String text) {
    if (text != null && !text.isEmpty()) {
      part(new PartialResponse(text), null);
    }
  }

  @Override
  public void onPartialResponse(PartialResponse text, PartialResponseContext context) {
    part(text, context.streamingHandle());
  }

  @Override
  public void onPartialThinking(PartialThinking thinking) {
    part(thinking, null);
  }

  @Override
  public void onPartialThinking(PartialThinking thinking, PartialThinkingContext context) {
    part(thinking, context.streamingHandle());
  }

  @Override
  public void onPartialToolCall(PartialToolCall piece) {
    toolCall(piece, null);
  }

  @Override
  public void onPartialToolCall(PartialToolCall piece, PartialToolCallContext context) {
    toolCall(piece, context.streamingHandle());
  }

  private void toolCall(PartialToolCall piece, @Nullable StreamingHandle handle) {
    pieces = piece == null ? pieces : pieces + piece.partialArguments().length();
    part(piece, handle);
  }

  @Override
  public void onCompleteToolCall(CompleteToolCall toolCall) {
    if (toolCall == null) {
      part(null, null);
      return;
    }
    long more = Math.max(0, length(toolCall.toolExecutionRequest()) - pieces);
    pieces = 0;
    part(new StreamedModels.WholeToolCall(toolCall, more), null);
  }

  private static long length(ToolExecutionRequest request) {
    @Nullable String arguments = request.arguments();
    return request.name().length() + (arguments == null ? 0 : arguments.length());
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    signals.part(response);
    signals.end();
  }

  @Override
  public void onError(Throwable error) {
    signals.error(afterToolCall ? UnreadableToolCall.afterToolCall(error) : error);
  }
}
