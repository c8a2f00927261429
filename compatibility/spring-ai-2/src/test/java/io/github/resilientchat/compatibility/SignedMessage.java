package io.github.resilientchat.compatibility;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.content.Media;

/**
 * An answer with signed reasoning beside what {@link AssistantMessage} has, as {@code
 * BedrockAssistantMessage} of Spring AI 2.0.1: a type that nobody else knows, copied by its own
 * builder, with the reasoning in its equality.
 */
final class SignedMessage extends AssistantMessage {

  private final String signature;

  private SignedMessage(
      @Nullable String content,
      String signature,
      Map<String, Object> properties,
      List<ToolCall> toolCalls,
      List<Media> media) {
    super(content, properties, toolCalls, media);
    this.signature = signature;
  }

  static SignedMessage by(String signature, AssistantMessage plain) {
    return new SignedMessage(
        plain.getText(), signature, Map.of(), plain.getToolCalls(), plain.getMedia());
  }

  String signature() {
    return signature;
  }

  @Override
  public Builder mutate() {
    return new Builder(signature)
        .content(getText())
        .properties(getMetadata())
        .toolCalls(getToolCalls())
        .media(getMedia());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SignedMessage that
        && super.equals(other)
        && signature.equals(that.signature);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), signature);
  }

  static final class Builder extends AssistantMessage.Builder<Builder> {

    private final String signature;

    private Builder(String signature) {
      this.signature = signature;
    }

    @Override
    public SignedMessage build() {
      return new SignedMessage(content, signature, properties, toolCalls, media);
    }
  }
}
