package io.github.resilientchat.langchain4j;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request as one target gets it: without the route's name, without the caller, and without what
 * only the model of an earlier answer can read.
 */
final class TargetRequest {

  private TargetRequest() {}

  /**
   * @param known whom it is for
   */
  static ChatRequest of(ChatRequest request, KnownModel<?> known) {
    List<ChatMessage> messages = Authorship.readableBy(known.author(), request.messages());
    @Nullable ResilientChatRequestParameters defaults = known.defaults();
    ChatRequestParameters sent =
        ResilientChatRequestParameters.unwrap(
            defaults == null ? request.parameters() : defaults.overrideWith(request.parameters()));
    if (sent.modelName() != null) {
      sent = withoutRoute(sent, known.facts(), known.id());
    }
    return sent == request.parameters() && messages == request.messages()
        ? request
        : ChatRequest.builder().messages(messages).parameters(sent).build();
  }

  private static ChatRequestParameters withoutRoute(
      ChatRequestParameters parameters, ModelFacts facts, String model) {
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
        ChatRequestParameters.builder().modelName(own == null ? model : own).build());
  }
}
