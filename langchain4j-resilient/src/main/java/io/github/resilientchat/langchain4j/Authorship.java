package io.github.resilientchat.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import io.github.resilientchat.core.adapter.Author;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an answer notes its {@link Author}: in an attribute, which survives a chat memory and never
 * reaches a target.
 */
final class Authorship {

  static final String MODEL_ATTRIBUTE = Author.NOTE;

  private Authorship() {}

  /** The message with a note of its model, if it holds anything that only this model can read. */
  static AiMessage noted(AiMessage message, String model) {
    if (message.thinking() == null && message.attributes().isEmpty()) {
      return message;
    }
    Map<String, Object> attributes = new HashMap<>(message.attributes());
    attributes.put(MODEL_ATTRIBUTE, model);
    return message.toBuilder().attributes(attributes).build();
  }

  /**
   * The messages as this model may read them: without notes, and without what only another can
   * read. The same list when nothing changes.
   */
  static List<ChatMessage> readableBy(String model, List<ChatMessage> messages) {
    for (ChatMessage message : messages) {
      if (author(message) != null) {
        return messages.stream().map(each -> readableBy(model, each)).toList();
      }
    }
    return messages;
  }

  private static ChatMessage readableBy(String model, ChatMessage message) {
    @Nullable String author = author(message);
    if (author == null || !(message instanceof AiMessage answer)) {
      return message;
    }
    Map<String, Object> attributes = new HashMap<>(answer.attributes());
    attributes.remove(MODEL_ATTRIBUTE);
    if (!Author.isForeign(author, model)) {
      return answer.toBuilder().attributes(attributes).build();
    }
    // Whatever else a provider adds (signatures, redacted reasoning, state) is for its own model.
    attributes.keySet().retainAll(List.of(AiMessage.GENERATED_IMAGES_KEY));
    return answer.toBuilder().thinking(null).attributes(attributes).build();
  }

  private static @Nullable String author(ChatMessage message) {
    return message instanceof AiMessage answer
            && answer.attributes().get(MODEL_ATTRIBUTE) instanceof String model
        ? model
        : null;
  }
}
