package io.github.resilientchat.compatibility;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/**
 * A model as strict as Spring AI 2.0's Bedrock model: a prompt's options replace its own and must
 * be of its own type, it runs no tools, and it signs what it says in a whole answer; a streamed one
 * comes without reasoning.
 */
final class StrictChatModel implements ChatModel {

  final List<StrictOptions> asked = new CopyOnWriteArrayList<>();
  final Signatures signatures;
  private final StrictOptions own;
  private final Function<Prompt, AssistantMessage> script;

  StrictChatModel(StrictOptions own, Function<Prompt, AssistantMessage> script) {
    this.own = own;
    signatures = new Signatures(String.valueOf(own.getModel()));
    this.script = script;
  }

  @Override
  public ChatOptions getOptions() {
    return own;
  }

  @Override
  public ChatResponse call(Prompt prompt) {
    return response(signatures.sign(answer(prompt)));
  }

  @Override
  public Flux<ChatResponse> stream(Prompt prompt) {
    return Flux.defer(() -> Flux.just(response(answer(prompt))));
  }

  private AssistantMessage answer(Prompt prompt) {
    asked.add(prompt.getOptions() == null ? own : (StrictOptions) prompt.getOptions());
    AssistantMessage answer = script.apply(prompt);
    signatures.check(prompt);
    return answer;
  }

  private static ChatResponse response(AssistantMessage message) {
    ChatGenerationMetadata generation =
        ChatGenerationMetadata.builder()
            .finishReason(message.hasToolCalls() ? "tool_use" : "end_turn")
            .build();
    return new ChatResponse(
        List.of(new Generation(message, generation)),
        ChatResponseMetadata.builder().id("r1").usage(new DefaultUsage(10, 3)).build());
  }
}
