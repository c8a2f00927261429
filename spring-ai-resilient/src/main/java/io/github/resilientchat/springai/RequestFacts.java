package io.github.resilientchat.springai;

import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.TokenEstimate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/** What the engine is told of a prompt, which it never sees: how much, and what it takes. */
final class RequestFacts {

  private RequestFacts() {}

  /**
   * @param ownMaxTokens the models' own limit, which applies when the request sets none
   */
  static TokenEstimate estimate(Prompt prompt, @Nullable Integer ownMaxTokens) {
    ChatOptions options = prompt.getOptions();
    long characters = prompt.getInstructions().stream().mapToLong(RequestFacts::length).sum();
    long tools = tools(options).stream().mapToLong(RequestFacts::length).sum();
    Integer asked = options == null ? null : options.getMaxTokens();
    return TokenEstimate.ofText(characters + tools, asked == null ? ownMaxTokens : asked);
  }

  static Set<Capability> needs(Prompt prompt, OptionsBridge bridge) {
    Set<Capability> needs = EnumSet.noneOf(Capability.class);
    ChatOptions options = prompt.getOptions();
    if (!tools(options).isEmpty() || (options != null && bridge.namesTools(options))) {
      needs.add(Capability.TOOLS);
    }
    if (options instanceof StructuredOutputChatOptions structured
        && structured.getOutputSchema() != null) {
      needs.add(Capability.JSON_SCHEMA);
    }
    for (Message message : prompt.getInstructions()) {
      if (message instanceof UserMessage user) {
        user.getMedia().stream().map(RequestFacts::need).forEach(needs::add);
      }
    }
    return needs;
  }

  private static Capability need(Media media) {
    return "image".equals(media.getMimeType().getType()) ? Capability.IMAGES : Capability.DOCUMENTS;
  }

  private static List<ToolCallback> tools(@Nullable ChatOptions options) {
    List<ToolCallback> tools =
        options instanceof ToolCallingChatOptions calling ? calling.getToolCallbacks() : null;
    return tools == null ? List.of() : tools;
  }

  private static long length(ToolCallback tool) {
    ToolDefinition definition = tool.getToolDefinition();
    return length(definition.name())
        + length(definition.description())
        + length(definition.inputSchema());
  }

  /** Characters of text, tool calls and tool results. */
  static long length(Message message) {
    long length = length(message.getText());
    if (message instanceof AssistantMessage assistant) {
      for (AssistantMessage.ToolCall call : assistant.getToolCalls()) {
        length += length(call.name()) + length(call.arguments());
      }
    } else if (message instanceof ToolResponseMessage tools) {
      for (ToolResponseMessage.ToolResponse response : tools.getResponses()) {
        length += length(response.responseData());
      }
    }
    return length;
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
