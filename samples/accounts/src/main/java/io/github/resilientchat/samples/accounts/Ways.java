package io.github.resilientchat.samples.accounts;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.stereotype.Component;

/** The four ways in which an application asks: two frameworks, whole answers and streams. */
@Component
class Ways {

  /** Asks and waits for the end of the answer. */
  interface Way {
    String ask(String question);
  }

  private final List<Way> all;

  Ways(ChatModel blocking, StreamingChatModel streaming, ChatClient.Builder clients) {
    ChatClient client = clients.build();
    all =
        List.of(
            blocking::chat,
            question -> stream(streaming, question),
            question -> Objects.requireNonNull(client.prompt(question).call().content()),
            question ->
                String.join(
                    "",
                    Objects.requireNonNull(
                        client.prompt(question).stream().content().collectList().block())));
  }

  Way way(int number) {
    return all.get(number % all.size());
  }

  private static String stream(StreamingChatModel model, String question) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    model.chat(
        question,
        new StreamingChatResponseHandler() {
          @Override
          public void onPartialResponse(String part) {}

          @Override
          public void onCompleteResponse(ChatResponse response) {
            answer.complete(response.aiMessage().text());
          }

          @Override
          public void onError(Throwable error) {
            answer.completeExceptionally(error);
          }
        });
    return answer.join();
  }
}
