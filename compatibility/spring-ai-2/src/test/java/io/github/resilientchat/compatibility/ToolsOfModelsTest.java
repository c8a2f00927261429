package io.github.resilientchat.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.springai.ResilientChatModel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.tool.ToolCallback;

/** A model that was built with tools of its own, in a client of Spring AI 2.0. */
class ToolsOfModelsTest {

  private static final Duration AT_MOST = Duration.ofSeconds(60);

  private final CountingTool tool = new CountingTool();
  private final StrictChatModel target =
      new StrictChatModel(
          StrictOptions.builder().model("id").toolCallbacks(tool).build(),
          ToolsOfModelsTest::toolThenText);
  private final ResilientChatModel model =
      ResilientChatModel.builder().target("one", target).build();

  @Test
  void clientRunsThem() {
    assertThat(ChatClient.create(model).prompt("book").call().content()).isEqualTo("Booked.");

    assertThat(tool.runs).hasValue(1);
  }

  @Test
  void clientRunsThemInAStream() {
    assertThat(
            ChatClient.create(model).prompt("book").stream().content().collectList().block(AT_MOST))
        .containsExactly("Booked.");

    assertThat(tool.runs).hasValue(1);
  }

  @Test
  void toolsThatAreAskedForReplaceThem() {
    CountingTool other = new CountingTool();

    ChatClient.create(model).prompt("book").tools(other).call().content();

    assertThat(other.runs).hasValue(1);
    assertThat(target.asked)
        .allSatisfy(
            asked -> assertThat(asked.getToolCallbacks()).containsExactly((ToolCallback) other));
  }

  @Test
  void optionsWithoutToolsHideThem() {
    model.call(new Prompt("hello", StrictOptions.builder().maxTokens(5).build()));
    model.call(new Prompt("hello"));

    assertThat(target.asked.get(0).getToolCallbacks()).isNullOrEmpty();
    assertThat(target.asked.get(0).getMaxTokens()).isEqualTo(5);
    assertThat(target.asked.get(1).getToolCallbacks()).containsExactly((ToolCallback) tool);
  }

  private static AssistantMessage toolThenText(Prompt prompt) {
    boolean told =
        prompt.getInstructions().stream()
            .anyMatch(message -> message.getMessageType() == MessageType.TOOL);
    return told || !prompt.getContents().startsWith("book")
        ? new AssistantMessage("Booked.")
        : AssistantMessage.builder()
            .content("")
            .toolCalls(List.of(new AssistantMessage.ToolCall("t1", "function", "book", "{}")))
            .build();
  }
}
