package io.github.resilientchat.streaming.hostile;

import static io.github.resilientchat.streaming.hostile.Point.HANDLER_COMPLETE;
import static io.github.resilientchat.streaming.hostile.Point.HANDLER_ERROR;
import static io.github.resilientchat.streaming.hostile.Point.HANDLER_PARTIAL;
import static io.github.resilientchat.streaming.hostile.Point.HANDLER_START;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.resilientchat.langchain4j.StreamStartHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** LangChain4j's handler. */
final class HandlerVictim implements Victim, StreamStartHandler {

  private static final long PATIENCE = 60;

  private final Hostility hostility;
  private final Supplier<StreamingChatModel> model;
  private final StreamingChatModel again;
  private final Heard heard;
  private volatile @Nullable StreamingHandle handle;

  /**
   * @param again the same model, for somebody else
   */
  HandlerVictim(
      Hostility hostility,
      Supplier<StreamingChatModel> model,
      StreamingChatModel again,
      Heard heard) {
    this.hostility = hostility;
    this.model = model;
    this.again = again;
    this.heard = heard;
  }

  @Override
  public void converse() {
    try {
      model.get().chat(request(Targets.VICTIMS), this);
    } catch (Throwable error) {
      heard.thrown(error);
    }
  }

  @Override
  public void cancel() {
    handle.cancel();
  }

  @Override
  public String callAgain() {
    return answerOf(again);
  }

  static ChatRequest request(String text) {
    return ChatRequest.builder().messages(UserMessage.from(text)).build();
  }

  /** Waits for it. */
  static String answerOf(StreamingChatModel model) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    model.chat(
        request("hello"),
        new StreamingChatResponseHandler() {
          @Override
          public void onCompleteResponse(ChatResponse response) {
            answer.complete(response.aiMessage().text());
          }

          @Override
          public void onError(Throwable error) {
            answer.completeExceptionally(error);
          }
        });
    return answer.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
  }

  @Override
  public void onStart(StreamingHandle started) {
    handle = started;
    hostility.at(HANDLER_START, () -> {});
  }

  @Override
  public void onPartialResponse(String text) {
    heard.text(text);
    hostility.at(HANDLER_PARTIAL, () -> {});
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    heard.complete();
    hostility.at(HANDLER_COMPLETE, () -> {});
  }

  @Override
  public void onError(Throwable error) {
    boolean back =
        hostility.isAt(HANDLER_START)
            || hostility.isAt(HANDLER_PARTIAL)
            || hostility.isAt(HANDLER_COMPLETE);
    if (back && hostility.isOwn(error)) {
      heard.comesBack(error);
      return;
    }
    heard.fail(error);
    hostility.at(HANDLER_ERROR, () -> {});
  }
}
