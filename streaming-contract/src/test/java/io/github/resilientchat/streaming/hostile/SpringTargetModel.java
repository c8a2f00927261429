package io.github.resilientchat.streaming.hostile;

import static io.github.resilientchat.streaming.hostile.Point.MODEL;
import static io.github.resilientchat.streaming.hostile.Point.MODEL_CONTENT;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * Spring AI's model of a target: Bedrock's, or one that has said something when it turns hostile.
 */
record SpringTargetModel(ChatModel real, Hostility hostility) implements ChatModel {

  @Override
  public ChatResponse call(Prompt prompt) {
    return hostility.at(MODEL, () -> real.call(prompt));
  }

  @Override
  public Flux<ChatResponse> stream(Prompt prompt) {
    if (hostility.isAt(MODEL_CONTENT)) {
      Publisher<ChatResponse> scripted = this::say;
      return Flux.from(scripted);
    }
    return hostility.at(MODEL, () -> real.stream(prompt));
  }

  private void say(Subscriber<? super ChatResponse> subscriber) {
    subscriber.onSubscribe(Operators.emptySubscription());
    subscriber.onNext(part(Targets.BLUE, ChatGenerationMetadata.NULL));
    subscriber.onNext(hostility.at(MODEL_CONTENT, SpringTargetModel::last));
    subscriber.onComplete();
  }

  private static @Nullable ChatResponse last() {
    return part(" says so", ChatGenerationMetadata.builder().finishReason("end_turn").build());
  }

  private static ChatResponse part(String text, ChatGenerationMetadata metadata) {
    AssistantMessage message = AssistantMessage.builder().content(text).build();
    return new ChatResponse(List.of(new Generation(message, metadata)));
  }

  @Override
  public ChatOptions getDefaultOptions() {
    return real.getDefaultOptions();
  }
}
