package io.github.resilientchat.springai;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/** What one writes first: shows the primary's options and passes the prompt on. */
record NaiveChatModel(ChatModel primary, ChatModel fallback) implements ChatModel {

  @Override
  public ChatResponse call(Prompt prompt) {
    try {
      return primary.call(prompt);
    } catch (RuntimeException e) {
      return fallback.call(prompt);
    }
  }

  @Override
  public ChatOptions getDefaultOptions() {
    return primary.getDefaultOptions();
  }
}
