package io.github.resilientchat.transparency;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.metadata.ToolMetadata;

/** A tool that notes its arguments and all that it is told of the conversation. */
record NotingTool(
    String name, Transcript heard, boolean returnDirect, @Nullable RuntimeException failure)
    implements ToolCallback {

  static NotingTool pay(Transcript heard) {
    return new NotingTool("pay", heard, false, null);
  }

  @Override
  public ToolDefinition getToolDefinition() {
    return ToolDefinition.builder()
        .name(name)
        .description("Moves money")
        .inputSchema("{\"type\":\"object\",\"properties\":{\"amount\":{\"type\":\"integer\"}}}")
        .build();
  }

  @Override
  public ToolMetadata getToolMetadata() {
    return ToolMetadata.builder().returnDirect(returnDirect).build();
  }

  @Override
  public String call(String input) {
    return call(input, null);
  }

  @Override
  public String call(String input, @Nullable ToolContext context) {
    heard.add("tool " + name, input);
    if (context != null) {
      context.getContext().entrySet().stream()
          .filter(entry -> !entry.getKey().equals(ToolContext.TOOL_CALL_HISTORY))
          .forEach(entry -> heard.add("tool context " + entry.getKey(), entry.getValue()));
      List<Message> history = context.getToolCallHistory();
      if (history != null) {
        heard.add("tool history", shown(history));
      }
    }
    if (failure != null) {
      throw failure;
    }
    return "\"" + name + " done\"";
  }

  private static String shown(List<Message> history) {
    return history.stream()
        .map(
            message ->
                message.getMessageType()
                    + " "
                    + message.getText()
                    + (message instanceof AssistantMessage answer
                        ? " " + answer.getToolCalls()
                        : ""))
        .collect(Collectors.joining(" | "));
  }
}
