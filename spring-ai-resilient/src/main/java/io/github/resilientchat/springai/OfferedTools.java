package io.github.resilientchat.springai;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;

/**
 * The tools that the models of a route were built with, together. {@code ChatClient} starts a
 * prompt from a model's own options, and whoever runs tools looks for them there. Of two with one
 * name the first model's counts.
 */
final class OfferedTools {

  private OfferedTools() {}

  static List<ToolCallback> callbacks(List<ChatOptions> own) {
    Map<String, ToolCallback> byName = new LinkedHashMap<>();
    for (ChatOptions options : own) {
      @Nullable List<ToolCallback> tools =
          options instanceof ToolCallingChatOptions calling ? calling.getToolCallbacks() : null;
      if (tools != null) {
        tools.forEach(tool -> byName.putIfAbsent(tool.getToolDefinition().name(), tool));
      }
    }
    return List.copyOf(byName.values());
  }

  static Map<String, Object> context(List<ChatOptions> own) {
    Map<String, Object> context = new HashMap<>();
    for (ChatOptions options : own) {
      @Nullable Map<String, Object> more =
          options instanceof ToolCallingChatOptions calling ? calling.getToolContext() : null;
      if (more != null) {
        more.forEach(context::putIfAbsent);
      }
    }
    return context;
  }
}
