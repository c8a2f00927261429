package io.github.resilientchat.compatibility;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * One model's signed reasoning, as strict as Claude on Bedrock: it refuses another's signature, and
 * a tool call of its own that comes back without the reasoning that led to it.
 */
final class Signatures {

  final List<List<Message>> conversations = Collections.synchronizedList(new ArrayList<>());
  private final String model;
  private final Set<String> signedCalls = ConcurrentHashMap.newKeySet();

  Signatures(String model) {
    this.model = model;
  }

  AssistantMessage sign(AssistantMessage answer) {
    answer.getToolCalls().forEach(call -> signedCalls.add(call.id()));
    return SignedMessage.by(model, answer);
  }

  void check(Prompt prompt) {
    conversations.add(prompt.getInstructions());
    for (Message message : prompt.getInstructions()) {
      if (message instanceof SignedMessage signed && !signed.signature().equals(model)) {
        throw new IllegalArgumentException("Invalid `signature` in `thinking` block");
      }
      if (message instanceof AssistantMessage answer
          && !(message instanceof SignedMessage)
          && answer.getToolCalls().stream().anyMatch(call -> signedCalls.contains(call.id()))) {
        throw new IllegalArgumentException("Expected `thinking`, but found `tool_use`");
      }
    }
  }

  /** Whether the last conversation held reasoning. */
  boolean gotReasoning() {
    return conversations.get(conversations.size() - 1).stream()
        .anyMatch(SignedMessage.class::isInstance);
  }
}
