package io.github.resilientchat.autoconfigure.app;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.service.TokenStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a stream of LangChain4j comes to; fails as it does. */
public final class StreamedAnswer {

  private static final long PATIENCE_SECONDS = 60;

  private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();

  private StreamedAnswer() {}

  /** Starts the stream of a service's method. */
  public static StreamedAnswer of(TokenStream stream) {
    StreamedAnswer answer = new StreamedAnswer();
    stream
        .onPartialResponse(part -> {})
        .onCompleteResponse(answer.whole::complete)
        .onError(answer.whole::completeExceptionally)
        .start();
    return answer;
  }

  /** Asks a model. */
  public static StreamedAnswer of(StreamingChatModel model, String question) {
    StreamedAnswer answer = new StreamedAnswer();
    model.chat(
        question,
        new StreamingChatResponseHandler() {
          @Override
          public void onPartialResponse(String part) {}

          @Override
          public void onCompleteResponse(ChatResponse response) {
            answer.whole.complete(response);
          }

          @Override
          public void onError(Throwable error) {
            answer.whole.completeExceptionally(error);
          }
        });
    return answer;
  }

  /** Its words, once it is whole. */
  public String text() throws ExecutionException, InterruptedException, TimeoutException {
    return whole.get(PATIENCE_SECONDS, TimeUnit.SECONDS).aiMessage().text();
  }
}
