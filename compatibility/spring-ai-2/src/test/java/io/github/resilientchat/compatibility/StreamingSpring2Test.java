package io.github.resilientchat.compatibility;

import java.time.Duration;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

class StreamingSpring2Test extends Spring2Contract {

  private static final Duration AT_MOST = Duration.ofSeconds(60);

  @Override
  ChatResponse ask(ChatModel model, Prompt prompt) {
    return model.stream(prompt).blockLast(AT_MOST);
  }

  @Override
  String ask(ChatClient.ChatClientRequestSpec request) {
    return String.join("", request.stream().content().collectList().block(AT_MOST));
  }
}
