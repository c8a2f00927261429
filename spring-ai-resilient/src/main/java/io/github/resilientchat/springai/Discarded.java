package io.github.resilientchat.springai;

import java.util.List;
import java.util.Map;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;

/**
 * The words of a broken answer after which a fresh one came. Whoever joins the parts of a stream
 * into a message, such as Spring AI 2.0's {@code ToolCallingAdvisor}, joins both; a note in the
 * message's metadata, which no model is sent, tells which part of it is void.
 */
final class Discarded {

  private static final String NOTE = "resilient.restarted.discarded";

  private Discarded() {}

  /** Metadata of the message between the broken answer and the fresh one. */
  static Map<String, Object> note(String text) {
    return text.isEmpty() ? Map.of() : Map.of(NOTE, text);
  }

  /** The messages without what is void. The same list when nothing is. */
  static List<Message> removed(List<Message> messages) {
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i).getMetadata().containsKey(NOTE)) {
        return messages.stream().map(Discarded::removed).toList();
      }
    }
    return messages;
  }

  private static Message removed(Message message) {
    String text = message.getText();
    return message instanceof AssistantMessage joined
            && joined.getMetadata().get(NOTE) instanceof String broken
            && text != null
            && text.startsWith(broken)
        ? AssistantMessage.builder()
            .content(text.substring(broken.length()))
            .properties(joined.getMetadata())
            .toolCalls(joined.getToolCalls())
            .media(joined.getMedia())
            .build()
        : message;
  }
}
