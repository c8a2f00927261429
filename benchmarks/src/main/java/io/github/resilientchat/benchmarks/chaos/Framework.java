package io.github.resilientchat.benchmarks.chaos;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import org.springframework.ai.chat.prompt.Prompt;

/** How a framework's models are asked. */
enum Framework {
  LANGCHAIN4J("LangChain4j"),
  SPRING_AI("Spring AI");

  private static final ChatRequest HELLO =
      ChatRequest.builder().messages(UserMessage.from("hello")).build();

  final String label;

  Framework(String label) {
    this.label = label;
  }

  static Asking blocking(ChatModel model) {
    return asked -> asked.answer(String.valueOf(model.chat(HELLO).aiMessage().text()));
  }

  static Asking streaming(StreamingChatModel model) {
    return asked -> model.chat(HELLO, new Handler(asked));
  }

  static Asking blocking(org.springframework.ai.chat.model.ChatModel model) {
    return asked ->
        asked.answer(
            String.valueOf(model.call(new Prompt("hello")).getResult().getOutput().getText()));
  }

  static Asking streaming(org.springframework.ai.chat.model.ChatModel model) {
    return asked ->
        model.stream(new Prompt("hello"))
            .mapNotNull(part -> part.getResult())
            .mapNotNull(result -> result.getOutput().getText())
            .subscribe(asked::hear, asked::fail, asked::complete);
  }

  private record Handler(Asked asked) implements StreamingChatResponseHandler {

    @Override
    public void onPartialResponse(String text) {
      asked.hear(text);
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      asked.complete();
    }

    @Override
    public void onError(Throwable error) {
      asked.fail(error);
    }
  }
}
