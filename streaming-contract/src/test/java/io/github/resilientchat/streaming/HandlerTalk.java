package io.github.resilientchat.streaming;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.langchain4j.RestartableHandler;
import io.github.resilientchat.langchain4j.StreamStartHandler;

/** LangChain4j's handler. */
class HandlerTalk implements Talk, StreamStartHandler {

  private final StreamingChatModel model;
  private final Transcript transcript;
  private volatile StreamingHandle handle;

  /** A handler that can discard what it heard. */
  static final class Discarding extends HandlerTalk implements RestartableHandler {

    Discarding(StreamingChatModel model, Transcript transcript) {
      super(model, transcript);
    }

    @Override
    public void onRestart(StreamInterruptedException why) {
      transcript().restart();
    }
  }

  HandlerTalk(StreamingChatModel model, Transcript transcript) {
    this.model = model;
    this.transcript = transcript;
  }

  Transcript transcript() {
    return transcript;
  }

  @Override
  public void converse() {
    model.chat(ChatRequest.builder().messages(UserMessage.from("hello")).build(), this);
  }

  @Override
  public void cancel() {
    handle.cancel();
  }

  @Override
  public void onStart(StreamingHandle started) {
    handle = started;
  }

  @Override
  public void onPartialResponse(String text) {
    transcript.text(text);
  }

  @Override
  public void onPartialThinking(PartialThinking thinking) {
    transcript.content(thinking.text());
  }

  @Override
  public void onCompleteToolCall(CompleteToolCall toolCall) {
    transcript.content(toolCall.toolExecutionRequest().name());
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    transcript.complete();
  }

  @Override
  public void onError(Throwable error) {
    if (error instanceof Transcript.CallersOwn) {
      transcript.comesBack(error);
    } else {
      transcript.fail(error);
    }
  }
}
