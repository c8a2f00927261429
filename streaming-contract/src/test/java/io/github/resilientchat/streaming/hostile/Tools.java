package io.github.resilientchat.streaming.hostile;

import java.util.List;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/** Spring AI's tools. */
final class Tools {

  private Tools() {}

  record Manager(Hostility hostility) implements ToolCallingManager {

    private static final ToolCallingManager REAL = ToolCallingManager.builder().build();

    @Override
    public List<ToolDefinition> resolveToolDefinitions(ToolCallingChatOptions options) {
      return REAL.resolveToolDefinitions(options);
    }

    @Override
    public ToolExecutionResult executeToolCalls(Prompt prompt, ChatResponse answer) {
      return hostility.at(Point.TOOL_MANAGER, () -> REAL.executeToolCalls(prompt, answer));
    }
  }

  record Look(Hostility hostility) implements ToolCallback {

    @Override
    public ToolDefinition getToolDefinition() {
      return ToolDefinition.builder()
          .name("look")
          .description("looks")
          .inputSchema("{\"type\":\"object\",\"properties\":{}}")
          .build();
    }

    @Override
    public String call(String input) {
      return hostility.at(Point.SPRING_TOOL, () -> "\"seen\"");
    }
  }
}
