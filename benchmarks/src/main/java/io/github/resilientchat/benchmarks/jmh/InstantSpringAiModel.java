package io.github.resilientchat.benchmarks.jmh;

import java.util.List;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/** A Spring AI model that answers at once, always the same. */
final class InstantSpringAiModel implements ChatModel {

  static final Prompt HELLO = new Prompt("hello");

  private static final ChatOptions OPTIONS = ChatOptions.builder().model("model").build();
  private static final ChatResponse ANSWER =
      new ChatResponse(
          List.of(
              new Generation(
                  new AssistantMessage("hello to you"),
                  ChatGenerationMetadata.builder().finishReason("end_turn").build())),
          ChatResponseMetadata.builder()
              .usage(new DefaultUsage((int) Workload.USED.input(), (int) Workload.USED.output()))
              .build());

  @Override
  public ChatResponse call(Prompt prompt) {
    return ANSWER;
  }

  @Override
  public ChatOptions getDefaultOptions() {
    return OPTIONS;
  }
}
