package io.github.resilientchat.benchmarks;

import io.github.resilientchat.springai.ResilientChatModel;
import java.util.List;
import org.reactivestreams.Subscription;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** Spring AI over a model that says a number of words at once. */
final class SpringAiStream {

  private static final Prompt HELLO = new Prompt("hello");
  private static final ChatResponse WORD =
      new ChatResponse(List.of(new Generation(new AssistantMessage("word "))));
  private static final ChatResponse LAST =
      new ChatResponse(
          List.of(
              new Generation(
                  new AssistantMessage(""),
                  ChatGenerationMetadata.builder().finishReason("end_turn").build())));

  private final Listener listener = new Listener();
  private final ChatModel plain;

  SpringAiStream(int parts, Pace pace) {
    this.plain = new Instant(new Words(parts, pace, listener));
  }

  /** Streams answers, each to its end. */
  Runnable plain() {
    return listeningTo(plain);
  }

  Runnable decorated() {
    return listeningTo(ResilientChatModel.builder().target("target", plain).build());
  }

  private Runnable listeningTo(ChatModel model) {
    return () -> {
      listener.begins();
      model.stream(HELLO).subscribe(new Subscriber(listener));
      listener.awaitEnd();
    };
  }

  private record Instant(Flux<ChatResponse> words) implements ChatModel {

    @Override
    public ChatResponse call(Prompt prompt) {
      throw new UnsupportedOperationException("streams only");
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
      return words;
    }

    @Override
    public ChatOptions getDefaultOptions() {
      return ChatOptions.builder().build();
    }
  }

  /** Asked for all of them, as every subscriber here does. */
  private static final class Words extends Flux<ChatResponse> {

    private final int parts;
    private final Pace pace;
    private final Listener listener;

    private Words(int parts, Pace pace, Listener listener) {
      this.parts = parts;
      this.pace = pace;
      this.listener = listener;
    }

    @Override
    public void subscribe(CoreSubscriber<? super ChatResponse> subscriber) {
      subscriber.onSubscribe(
          new Subscription() {
            @Override
            public void request(long all) {
              say(subscriber);
            }

            @Override
            public void cancel() {}
          });
    }

    private void say(CoreSubscriber<? super ChatResponse> subscriber) {
      for (int part = 1; part <= parts; part++) {
        subscriber.onNext(WORD);
        pace.after(part, listener);
      }
      subscriber.onNext(LAST);
      subscriber.onComplete();
    }
  }

  private static final class Subscriber extends BaseSubscriber<ChatResponse> {

    private final Listener listener;

    private Subscriber(Listener listener) {
      this.listener = listener;
    }

    @Override
    protected void hookOnNext(ChatResponse part) {
      listener.hears();
    }

    @Override
    protected void hookOnComplete() {
      listener.ends();
    }

    @Override
    protected void hookOnError(Throwable error) {
      throw new AssertionError(error);
    }
  }
}
