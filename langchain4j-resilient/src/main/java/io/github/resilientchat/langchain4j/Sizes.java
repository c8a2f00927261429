package io.github.resilientchat.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import io.github.resilientchat.core.adapter.RequestSize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks a request, for the size that the engine is told of it. */
final class Sizes {

  private Sizes() {}

  static RequestSize of(ChatRequest request) {
    RequestSize size = new RequestSize();
    for (ChatMessage message : request.messages()) {
      add(message, size);
    }
    @Nullable List<ToolSpecification> tools = request.toolSpecifications();
    if (tools != null) {
      tools.forEach(tool -> add(tool, size));
    }
    @Nullable ResponseFormat format = request.responseFormat();
    @Nullable JsonSchema schema = format == null ? null : format.jsonSchema();
    return schema == null ? size : size.schema(SchemaSize.of(schema.rootElement()));
  }

  private static void add(ChatMessage message, RequestSize size) {
    if (message instanceof UserMessage user) {
      add(user.contents(), size);
    } else if (message instanceof AiMessage answer) {
      size.text(answer.text()).text(answer.thinking());
      answer.toolExecutionRequests().forEach(call -> size.text(call.name()).text(call.arguments()));
    } else if (message instanceof SystemMessage system) {
      size.text(system.text());
    } else if (message instanceof ToolExecutionResultMessage result) {
      size.text(result.toolName());
      add(result.contents(), size);
    } else if (message instanceof CustomMessage custom) {
      size.text(shown(custom.attributes()));
    } else {
      size.text(message.toString());
    }
  }

  private static void add(List<Content> contents, RequestSize size) {
    for (Content content : contents) {
      add(content, size);
    }
  }

  private static void add(Content content, RequestSize size) {
    if (content instanceof TextContent text) {
      size.text(text.text());
    } else if (content instanceof ImageContent image) {
      size.image(image.image().base64Data());
    } else if (content instanceof PdfFileContent pdf) {
      size.document(pdf.pdfFile().base64Data(), "application/pdf");
    } else {
      size.document((String) null, null);
    }
  }

  private static void add(ToolSpecification tool, RequestSize size) {
    size.text(tool.name()).text(tool.description()).schema(SchemaSize.of(tool.parameters()));
  }

  private static @Nullable String shown(@Nullable Object schema) {
    return schema == null ? null : schema.toString();
  }
}
