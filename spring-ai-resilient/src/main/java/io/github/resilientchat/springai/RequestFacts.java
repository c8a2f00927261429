package io.github.resilientchat.springai;

import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.adapter.RequestSize;
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
import org.springframework.ai.content.MediaContent;
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
    RequestSize size = new RequestSize();
    for (Message message : prompt.getInstructions()) {
      add(message, size);
    }
    for (ToolCallback tool : tools(options)) {
      add(tool.getToolDefinition(), size);
    }
    if (options instanceof StructuredOutputChatOptions structured) {
      size.schema(length(structured.getOutputSchema()));
    }
    Integer asked = options == null ? null : options.getMaxTokens();
    return size.estimate(asked == null ? ownMaxTokens : asked);
  }

  static Set<Capability> needs(Prompt prompt, OptionsBridge bridge) {
    Set<Capability> needs = Set.of();
    ChatOptions options = prompt.getOptions();
    if (!tools(options).isEmpty() || (options != null && bridge.namesTools(options))) {
      needs = with(needs, Capability.TOOLS);
    }
    if (options instanceof StructuredOutputChatOptions structured
        && structured.getOutputSchema() != null) {
      needs = with(needs, Capability.JSON_SCHEMA);
    }
    for (Message message : prompt.getInstructions()) {
      if (message instanceof UserMessage user) {
        for (Media media : user.getMedia()) {
          needs = with(needs, need(media));
        }
      }
    }
    return needs;
  }

  /**
   * The first message, which a prompt cache holds for all that begin so: strings know their hash.
   */
  static int prefix(Prompt prompt) {
    List<Message> messages = prompt.getInstructions();
    String first = messages.isEmpty() ? null : messages.get(0).getText();
    return first == null ? 0 : first.hashCode();
  }

  /** Most prompts need nothing in particular. */
  private static Set<Capability> with(Set<Capability> needs, Capability another) {
    Set<Capability> more = needs.isEmpty() ? EnumSet.noneOf(Capability.class) : needs;
    more.add(another);
    return more;
  }

  private static Capability need(Media media) {
    return "image".equals(media.getMimeType().getType()) ? Capability.IMAGES : Capability.DOCUMENTS;
  }

  private static List<ToolCallback> tools(@Nullable ChatOptions options) {
    List<ToolCallback> tools =
        options instanceof ToolCallingChatOptions calling ? calling.getToolCallbacks() : null;
    return tools == null ? List.of() : tools;
  }

  private static void add(ToolDefinition tool, RequestSize size) {
    size.text(tool.name()).text(tool.description()).schema(length(tool.inputSchema()));
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  private static void add(Media media, RequestSize size) {
    byte @Nullable [] bytes = media.getData() instanceof byte[] data ? data : null;
    if (need(media) == Capability.IMAGES) {
      size.image(bytes);
    } else {
      size.document(bytes, media.getMimeType().toString());
    }
  }

  private static void add(Message message, RequestSize size) {
    size.text(message.getText());
    Chunks.reasoning(message, size::text);
    if (message instanceof AssistantMessage assistant) {
      assistant.getToolCalls().forEach(call -> size.text(call.name()).text(call.arguments()));
    } else if (message instanceof ToolResponseMessage tools) {
      tools
          .getResponses()
          .forEach(response -> size.text(response.name()).text(response.responseData()));
    }
    if (message instanceof MediaContent content) {
      for (Media media : content.getMedia()) {
        add(media, size);
      }
    }
  }
}
