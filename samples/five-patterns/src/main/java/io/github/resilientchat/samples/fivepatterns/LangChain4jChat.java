package io.github.resilientchat.samples.fivepatterns;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.stereotype.Component;

/** Asks through an AI service on the application's two model beans. */
@Component
class LangChain4jChat implements Chat {

  private final Assistant assistant;

  LangChain4jChat(ChatModel chatModel, StreamingChatModel streamingChatModel) {
    assistant =
        AiServices.builder(Assistant.class)
            .chatModel(chatModel)
            .streamingChatModel(streamingChatModel)
            .build();
  }

  @Override
  public Framework framework() {
    return Framework.LANGCHAIN4J;
  }

  @Override
  public String ask(Question question, Mode mode) {
    ChatRequestParameters parameters =
        ChatRequestParameters.builder().modelName(question.route()).build();
    return mode == Mode.WHOLE
        ? assistant.chat(question.text(), parameters)
        : stream(question, parameters);
  }

  private String stream(Question question, ChatRequestParameters parameters) {
    CompletableFuture<ChatResponse> done = new CompletableFuture<>();
    StringBuffer text = new StringBuffer();
    assistant.stream(question.text(), parameters)
        .onPartialResponse(text::append)
        .onCompleteResponse(done::complete)
        .onError(done::completeExceptionally)
        .start();
    try {
      done.join();
      return text.toString();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException error ? error : e;
    }
  }
}
