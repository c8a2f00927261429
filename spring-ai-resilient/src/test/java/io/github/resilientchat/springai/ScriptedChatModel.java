package io.github.resilientchat.springai;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/** A model that streams what it is told to, one script per call, and remembers the prompts. */
final class ScriptedChatModel implements ChatModel {

  final List<Prompt> prompts = new CopyOnWriteArrayList<>();
  private final Queue<Flux<ChatResponse>> scripts = new ConcurrentLinkedQueue<>();
  private Flux<ChatResponse> rest;

  @SafeVarargs
  static ScriptedChatModel streaming(Flux<ChatResponse>... scripts) {
    ScriptedChatModel model = new ScriptedChatModel();
    model.scripts.addAll(List.of(scripts));
    return model;
  }

  @Override
  public Flux<ChatResponse> stream(Prompt prompt) {
    prompts.add(prompt);
    return next();
  }

  private Flux<ChatResponse> next() {
    Flux<ChatResponse> next = scripts.poll();
    return next == null ? Objects.requireNonNull(rest, "no script is left") : next;
  }

  @Override
  public ChatResponse call(Prompt prompt) {
    prompts.add(prompt);
    return next().blockLast();
  }

  /** Scripts that are replaced by this one once they are used up. */
  ScriptedChatModel then(Flux<ChatResponse> rest) {
    this.rest = rest;
    return this;
  }

  static ChatResponse text(String text) {
    return part(text, ChatGenerationMetadata.NULL, ChatResponseMetadata.builder());
  }

  /** As some models begin: who speaks, and nothing said yet. */
  static ChatResponse silent(String id) {
    return part("", ChatGenerationMetadata.NULL, ChatResponseMetadata.builder().id(id));
  }

  static ChatResponse end(int input, int output) {
    return part(
        "",
        ChatGenerationMetadata.builder().finishReason("end_turn").metadata("said", "so").build(),
        ChatResponseMetadata.builder()
            .id("r1")
            .usage(new DefaultUsage(input, output))
            .keyValue("kept", "yes"));
  }

  static ChatResponse reasoning(String reasoning) {
    return part(
        AssistantMessage.builder()
            .content("")
            .properties(Map.of("reasoningContent", reasoning))
            .build());
  }

  static ChatResponse toolCall(String name, String arguments) {
    AssistantMessage.ToolCall call =
        new AssistantMessage.ToolCall("c1", "function", name, arguments);
    return part(AssistantMessage.builder().content("").toolCalls(List.of(call)).build());
  }

  private static ChatResponse part(AssistantMessage message) {
    return new ChatResponse(List.of(new Generation(message)));
  }

  private static ChatResponse part(
      String text, ChatGenerationMetadata generation, ChatResponseMetadata.Builder metadata) {
    AssistantMessage message = AssistantMessage.builder().content(text).build();
    return new ChatResponse(List.of(new Generation(message, generation)), metadata.build());
  }
}
