package io.github.resilientchat.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a target's model says in one attempt: measured, and passed on while the attempt takes
 * content.
 */
final class TargetSignals implements StreamingChatResponseHandler {

  private final StreamAttempt attempt;
  private final StreamCall call;

  /** Characters of the tool call that arrives in pieces; its whole repeats them. */
  private volatile long pieces;

  TargetSignals(StreamAttempt attempt) {
    this.attempt = attempt;
    this.call = attempt.call();
  }

  private void text(PartialResponse text, @Nullable StreamingHandle handle) {
    if (attempt.accept(handle)) {
      attempt.received(text.text().length());
      PartialResponseContext context = new PartialResponseContext(call);
      call.signals().text(text.text(), to -> to.onPartialResponse(text, context));
      attempt.heard();
    }
  }

  private void thinking(PartialThinking thinking, @Nullable StreamingHandle handle) {
    PartialThinkingContext context = new PartialThinkingContext(call);
    content(handle, thinking.text().length(), to -> to.onPartialThinking(thinking, context));
  }

  private void toolCall(PartialToolCall toolCall, @Nullable StreamingHandle handle) {
    long length = toolCall.partialArguments().length();
    pieces = pieces + length;
    PartialToolCallContext context = new PartialToolCallContext(call);
    content(handle, length, to -> to.onPartialToolCall(toolCall, context));
  }

  private void content(
      @Nullable StreamingHandle handle,
      long characters,
      Consumer<StreamingChatResponseHandler> signal) {
    if (attempt.accept(handle)) {
      attempt.received(characters);
      call.signals().content(signal);
      attempt.heard();
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
    long more = Math.max(0, length(toolCall.toolExecutionRequest()) - pieces);
    pieces = 0;
    content(null, more, to -> to.onCompleteToolCall(toolCall));
  }

  private static long length(ToolExecutionRequest request) {
    @Nullable String arguments = request.arguments();
    return request.name().length() + (arguments == null ? 0 : arguments.length());
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    attempt.completed(response);
  }

  @Override
  public void onError(Throwable error) {
    attempt.failed(error);
  }
}
