package io.github.resilientchat.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ContentType;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.RequestTerms;
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
    return new ModelCall(
        caller, estimate, needs(request), null, streaming, RequestTerms.NONE, prefix(request));
  }

  /** The instructions of the system, or the first words of the user: strings know their hash. */
  private static int prefix(ChatRequest request) {
    ChatMessage first = request.messages().get(0);
    if (first instanceof SystemMessage system) {
      return system.text().hashCode();
    }
    return first instanceof UserMessage user && user.hasSingleText()
        ? user.singleText().hashCode()
        : 0;
  }

  private static Set<Capability> needs(ChatRequest request) {
    Set<Capability> needs = Set.of();
    @Nullable List<ToolSpecification> tools = request.toolSpecifications();
    if (tools != null && !tools.isEmpty()) {
      needs = with(needs, Capability.TOOLS);
    }
    @Nullable ResponseFormat format = request.responseFormat();
    if (format != null && format.jsonSchema() != null) {
      needs = with(needs, Capability.JSON_SCHEMA);
    }
    for (ChatMessage message : request.messages()) {
      if (message instanceof UserMessage user) {
        needs = withContents(needs, user.contents());
      } else if (message instanceof ToolExecutionResultMessage result) {
        needs = withContents(needs, result.contents());
      }
    }
    return needs;
  }

  private static Set<Capability> withContents(Set<Capability> needs, List<Content> contents) {
    Set<Capability> all = needs;
    for (Content content : contents) {
      if (content.type() == ContentType.IMAGE) {
        all = with(all, Capability.IMAGES);
      } else if (content.type() == ContentType.PDF) {
        all = with(all, Capability.DOCUMENTS);
      }
    }
    return all;
  }

  /** Most requests need nothing in particular. */
  private static Set<Capability> with(Set<Capability> needs, Capability another) {
    Set<Capability> more = needs.isEmpty() ? EnumSet.noneOf(Capability.class) : needs;
    more.add(another);
    return more;
  }
}
