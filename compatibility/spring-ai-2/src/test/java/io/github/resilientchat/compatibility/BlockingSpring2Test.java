package io.github.resilientchat.compatibility;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

class BlockingSpring2Test extends Spring2Contract {

  @Override
  ChatResponse ask(ChatModel model, Prompt prompt) {
    return model.call(prompt);
  }

  @Override
  String ask(ChatClient.ChatClientRequestSpec request) {
    return request.call().content();
  }
}
