package io.github.resilientchat.springai;

import java.util.List;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

class BlockingBedrockTest extends BedrockContract {

  @Override
  List<ChatResponse> ask(ChatModel model, Prompt prompt) {
    return List.of(model.call(prompt));
  }

  @Override
  String ask(ChatClient.ChatClientRequestSpec request) {
    return request.call().content();
  }
}
