package io.github.resilientchat.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.springai.ResilientChatModel;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.tool.ToolCallback;

/** Default options that a builder was given, where Spring AI 2.0 replaces a model's own. */
class DefaultOptionsTest {

  private final CountingTool tool = new CountingTool();
  private final StrictChatModel target =
      new StrictChatModel(
          StrictOptions.builder()
              .model("id")
              .temperature(0.7)
              .maxTokens(7)
              .toolCallbacks(tool)
              .build(),
          prompt -> new AssistantMessage("Answer."));
  private final ResilientChatModel model =
      ResilientChatModel.builder()
          .target("one", target)
          .defaultOptions(StrictOptions.builder().tier("flex").temperature(0.1).build())
          .modelOptions("id", ChatOptions.builder().temperature(0.2).build())
          .build();

  private StrictOptions sent() {
    return target.asked.get(target.asked.size() - 1);
  }

  @Test
  void theNearestIsSentAndTheRestIsTheModelsOwn() {
    model.call(new Prompt("hello"));

    assertThat(sent().tier()).isEqualTo("flex");
    assertThat(sent().getTemperature()).isEqualTo(0.2);
    assertThat(sent().getMaxTokens()).isEqualTo(7);
    assertThat(sent().getModel()).isEqualTo("id");
    assertThat(sent().getToolCallbacks()).containsExactly((ToolCallback) tool);
  }

  @Test
  void aPromptsOwnWordComesFirst() {
    model.call(new Prompt("hello", ChatOptions.builder().temperature(0.9).build()));

    assertThat(sent().getTemperature()).isEqualTo(0.9);
    assertThat(sent().tier()).isEqualTo("flex");
  }

  @Test
  void throughAClientItIsTheSame() {
    ChatClient.create(model).prompt("hello").call().content();

    assertThat(sent().getTemperature()).isEqualTo(0.2);
    assertThat(sent().tier()).isEqualTo("flex");
    assertThat(sent().getMaxTokens()).isEqualTo(7);
  }
}
