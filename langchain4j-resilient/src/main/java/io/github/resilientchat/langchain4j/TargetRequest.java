package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import io.github.resilientchat.core.Target;
import org.jspecify.annotations.Nullable;

/** The request as one target gets it: without the route's name and without the caller. */
final class TargetRequest {

  private TargetRequest() {}

  static ChatRequest of(ChatRequest request, Target target, ModelFacts facts) {
    ChatRequestParameters sent = ResilientChatRequestParameters.unwrap(request.parameters());
    if (sent.modelName() != null) {
      sent = withoutRoute(sent, target, facts);
    }
    return sent == request.parameters()
        ? request
        : ChatRequest.builder().messages(request.messages()).parameters(sent).build();
  }

  private static ChatRequestParameters withoutRoute(
      ChatRequestParameters parameters, Target target, ModelFacts facts) {
    if (parameters.getClass() == DefaultChatRequestParameters.class) {
      return DefaultChatRequestParameters.builder()
          .overrideWith(parameters)
          .modelName(null)
          .build();
    }
    // Merging never clears a field, and only the provider's own class knows how to copy itself, so
    // the name is replaced with the one that the target's model would use anyway.
    @Nullable String own = facts.defaults().modelName();
    return parameters.overrideWith(
        ChatRequestParameters.builder().modelName(own == null ? target.model() : own).build());
  }
}
