package io.github.resilientchat.springai;

import io.github.resilientchat.core.adapter.Author;
import java.util.List;
import java.util.Map;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * How an answer notes its {@link Author}. Spring AI keeps reasoning in message types of its own
 * (2.0: {@code BedrockAssistantMessage}) or in metadata.
 *
 * <p>The note is a message's metadata, which survives aggregation of a stream and memories that
 * keep messages or their metadata. An answer that any model can read is left as it is.
 */
final class Authorship {

  /** What every message's metadata holds. */
  private static final String MESSAGE_TYPE = "messageType";

  private Authorship() {}

  /**
   * Notes the model in whatever only this model can read. In place: a type that is not known here
   * cannot be copied without losing what it adds.
   */
  static ChatResponse noted(ChatResponse answer, String model) {
    for (Generation generation : answer.getResults()) {
      AssistantMessage message = generation.getOutput();
      if (isPrivate(message)) {
        message.getMetadata().put(Author.NOTE, model);
      }
    }
    return answer;
  }

  private static boolean isPrivate(AssistantMessage message) {
    return message.getClass() != AssistantMessage.class || saysMoreThanItsType(message);
  }

  private static boolean saysMoreThanItsType(AssistantMessage message) {
    Map<String, Object> said = message.getMetadata();
    return said.size() > (said.containsKey(MESSAGE_TYPE) ? 1 : 0);
  }

  /**
   * The messages as this model may read them: its own untouched, those of others without what only
   * their authors can read. The same list when nothing changes.
   */
  static List<Message> readableBy(String model, List<Message> messages) {
    for (Message message : messages) {
      if (isForeign(model, message)) {
        return messages.stream().map(each -> readableBy(model, each)).toList();
      }
    }
    return messages;
  }

  private static Message readableBy(String model, Message message) {
    return message instanceof AssistantMessage answer && isForeign(model, message)
        ? AssistantMessage.builder()
            .content(answer.getText())
            .toolCalls(answer.getToolCalls())
            .media(answer.getMedia())
            .build()
        : message;
  }

  private static boolean isForeign(String model, Message message) {
    return Author.isForeign(message.getMetadata().get(Author.NOTE), model);
  }
}
