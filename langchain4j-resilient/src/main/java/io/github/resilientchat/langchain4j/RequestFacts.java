package io.github.resilientchat.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ContentType;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the engine is told of a request: its size and what a target must be able to do. */
final class RequestFacts {

  private RequestFacts() {}

  static ModelCall of(ChatRequest request, ModelFacts route, boolean streaming, Caller caller) {
    @Nullable Integer asked = request.maxOutputTokens();
    TokenEstimate estimate = Sizes.of(request).estimate(asked == null ? route.mostOutput() : asked);
    ModelCall call =
        streaming ? ModelCall.streaming(caller, estimate) : ModelCall.blocking(caller, estimate);
    return call.needing(needs(request));
  }

  private static Set<Capability> needs(ChatRequest request) {
    Set<Capability> needs = EnumSet.noneOf(Capability.class);
    @Nullable List<ToolSpecification> tools = request.toolSpecifications();
    if (tools != null && !tools.isEmpty()) {
      needs.add(Capability.TOOLS);
    }
    @Nullable ResponseFormat format = request.responseFormat();
    if (format != null && format.jsonSchema() != null) {
      needs.add(Capability.JSON_SCHEMA);
    }
    request.messages().forEach(message -> addContents(needs, message));
    return needs;
  }

  private static void addContents(Set<Capability> needs, ChatMessage message) {
    if (message instanceof UserMessage user) {
      user.contents().forEach(content -> addContent(needs, content));
    } else if (message instanceof ToolExecutionResultMessage result) {
      result.contents().forEach(content -> addContent(needs, content));
    }
  }

  private static void addContent(Set<Capability> needs, Content content) {
    if (content.type() == ContentType.IMAGE) {
      needs.add(Capability.IMAGES);
    } else if (content.type() == ContentType.PDF) {
      needs.add(Capability.DOCUMENTS);
    }
  }
}
