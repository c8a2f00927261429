package io.github.resilientchat.springai;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.Streaming;
import io.github.resilientchat.core.route.Target;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/**
 * How targets' models are called and read for one streamed prompt.
 *
 * @param streams a target's stream of the prompt
 * @param context of the subscriber, which every model sees
 * @param trail whom attempts are shown
 */
record StreamedPrompt(
    Function<Target, Flux<ChatResponse>> streams, Context context, AttemptTrail trail)
    implements Streaming.Models<ChatResponse> {

  @Override
  public void call(Target target, Streaming.Signals<ChatResponse> signals) {
    // The operator restores thread-locals for the model where Reactor is told to propagate context.
    Flux.defer(() -> streams.apply(target))
        .contextWrite(same -> same)
        .subscribe(new TargetSubscriber(signals, trail.stream(target, signals, context)));
  }

  @Override
  public boolean hasContent(ChatResponse part) {
    return Chunks.hasContent(part);
  }

  @Override
  public long length(ChatResponse part) {
    return Chunks.length(part);
  }

  @Override
  public void addText(ChatResponse part, StringBuilder text) {
    Chunks.addText(part, text);
  }

  @Override
  public boolean finishes(ChatResponse part) {
    return Chunks.hasFinishReason(part);
  }

  @Override
  public @Nullable Usage usage(ChatResponse part) {
    return AnswerTokens.of(part);
  }

  /**
   * Hears a target's model in one attempt, on whatever thread it speaks. Asks for all there is:
   * models emit into a small buffer that overflows when it is not emptied, so that their client is
   * slowed down instead.
   */
  private record TargetSubscriber(Streaming.Signals<ChatResponse> signals, Context context)
      implements CoreSubscriber<ChatResponse> {

    @Override
    public Context currentContext() {
      return context;
    }

    @Override
    public void onSubscribe(Subscription upstream) {
      signals.onStop(upstream::cancel);
      upstream.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ChatResponse part) {
      signals.part(part);
    }

    @Override
    public void onError(Throwable error) {
      signals.error(error);
    }

    @Override
    public void onComplete() {
      signals.end();
    }
  }
}
