package io.github.resilientchat.springai;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

class StreamingBedrockTest extends BedrockContract {

  private static final Duration AT_MOST = Duration.ofSeconds(30);

  @Override
  List<ChatResponse> ask(ChatModel model, Prompt prompt) {
    return Objects.requireNonNull(model.stream(prompt).collectList().block(AT_MOST));
  }

  @Override
  String ask(ChatClient.ChatClientRequestSpec request) {
    return String.join(
        "", Objects.requireNonNull(request.stream().content().collectList().block(AT_MOST)));
  }
}
