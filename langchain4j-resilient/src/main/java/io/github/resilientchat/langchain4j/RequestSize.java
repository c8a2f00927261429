package io.github.resilientchat.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much text a request holds, for an estimate of its tokens. */
final class RequestSize {

  /**
   * Claude scales an image down to about 1,600 tokens at most
   * (https://docs.anthropic.com/en/docs/build-with-claude/vision), at 3.5 characters a token. Other
   * content that is no text counts the same: nobody knows it before the model has read it.
   */
  private static final long CHARACTERS_OF_MEDIA = 5_600;

  private RequestSize() {}

  static long characters(ChatRequest request) {
    long size = request.messages().stream().mapToLong(RequestSize::of).sum();
    @Nullable List<ToolSpecification> tools = request.toolSpecifications();
    if (tools != null) {
      size += tools.stream().mapToLong(RequestSize::of).sum();
    }
    @Nullable ResponseFormat format = request.responseFormat();
    return format == null ? size : size + of(format.jsonSchema());
  }

  private static long of(ChatMessage message) {
    if (message instanceof UserMessage user) {
      return ofAll(user.contents());
    } else if (message instanceof AiMessage answer) {
      return of(answer.text())
          + of(answer.thinking())
          + answer.toolExecutionRequests().stream().mapToLong(RequestSize::of).sum();
    } else if (message instanceof SystemMessage system) {
      return of(system.text());
    } else if (message instanceof ToolExecutionResultMessage result) {
      return of(result.toolName()) + ofAll(result.contents());
    } else if (message instanceof CustomMessage custom) {
      return of(custom.attributes());
    }
    return of((Object) message);
  }

  private static long ofAll(List<Content> contents) {
    return contents.stream()
        .mapToLong(
            content -> content instanceof TextContent text ? of(text.text()) : CHARACTERS_OF_MEDIA)
        .sum();
  }

  private static long of(ToolExecutionRequest call) {
    return of(call.name()) + of(call.arguments());
  }

  private static long of(ToolSpecification tool) {
    return of(tool.name()) + of(tool.description()) + of(tool.parameters());
  }

  private static long of(@Nullable Object shown) {
    return shown == null ? 0 : shown.toString().length();
  }
}
