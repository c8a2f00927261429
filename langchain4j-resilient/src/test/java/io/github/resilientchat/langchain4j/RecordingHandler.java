package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Notes all that a handler is told. */
class RecordingHandler implements StreamStartHandler {

  final List<String> signals = new CopyOnWriteArrayList<>();
  final List<Throwable> errors = new CopyOnWriteArrayList<>();
  final CompletableFuture<ChatResponse> end = new CompletableFuture<>();
  volatile StreamingHandle handle;

  @Override
  public void onStart(StreamingHandle handle) {
    this.handle = handle;
  }

  @Override
  public void onPartialResponse(PartialResponse text, PartialResponseContext context) {
    signals.add("text " + text.text());
  }

  @Override
  public void onPartialThinking(PartialThinking thinking) {
    signals.add("thinking " + thinking.text());
  }

  @Override
  public void onPartialToolCall(PartialToolCall toolCall) {
    signals.add("tool part " + toolCall.name());
  }

  @Override
  public void onCompleteToolCall(CompleteToolCall toolCall) {
    signals.add("tool " + toolCall.toolExecutionRequest().name());
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    signals.add("complete");
    end.complete(response);
  }

  @Override
  public void onError(Throwable error) {
    signals.add("error");
    errors.add(error);
    end.completeExceptionally(error);
  }

  /** The answer, waiting for it if need be. */
  ChatResponse answer() throws Exception {
    return end.get(30, TimeUnit.SECONDS);
  }

  /** The error, waiting for it if need be. */
  Throwable error() {
    return end.handle((response, error) -> error).orTimeout(30, TimeUnit.SECONDS).join();
  }
}
