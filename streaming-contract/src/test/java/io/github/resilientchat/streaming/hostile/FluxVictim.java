package io.github.resilientchat.streaming.hostile;

import static io.github.resilientchat.streaming.hostile.Point.SUBSCRIBER_COMPLETE;
import static io.github.resilientchat.streaming.hostile.Point.SUBSCRIBER_ERROR;
import static io.github.resilientchat.streaming.hostile.Point.SUBSCRIBER_NEXT;
import static io.github.resilientchat.streaming.hostile.Point.SUBSCRIBER_START;

import io.github.resilientchat.springai.ResilientChatModel;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.CoreSubscriber;

/** A subscriber of its own to Spring AI's stream, with no operator of Reactor's to protect it. */
final class FluxVictim implements Victim, CoreSubscriber<ChatResponse> {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Hostility hostility;
  private final Supplier<ChatModel> model;
  private final ResilientChatModel again;
  private final Prompt prompt;
  private final Heard heard;
  private volatile @Nullable Subscription subscription;

  /**
   * @param again the same model, for somebody else
   */
  FluxVictim(
      Hostility hostility,
      Supplier<ChatModel> model,
      ResilientChatModel again,
      Prompt prompt,
      Heard heard) {
    this.hostility = hostility;
    this.model = model;
    this.again = again;
    this.prompt = prompt;
    this.heard = heard;
  }

  @Override
  public void converse() {
    try {
      model.get().stream(prompt).subscribe(this);
    } catch (Throwable error) {
      heard.thrown(error);
    }
  }

  @Override
  public void cancel() {
    subscription.cancel();
  }

  @Override
  public String callAgain() {
    return again.stream(new Prompt("hello"))
        .map(FluxVictim::text)
        .collect(Collectors.joining())
        .block(PATIENCE);
  }

  private static String text(ChatResponse part) {
    return part.getResults().stream()
        .map(generation -> generation.getOutput().getText())
        .filter(Objects::nonNull)
        .collect(Collectors.joining());
  }

  @Override
  public void onSubscribe(Subscription started) {
    subscription = started;
    hostility.at(SUBSCRIBER_START, () -> started.request(Long.MAX_VALUE));
  }

  @Override
  public void onNext(ChatResponse part) {
    heard.text(text(part));
    hostility.at(SUBSCRIBER_NEXT, () -> {});
  }

  @Override
  public void onError(Throwable error) {
    heard.fail(error);
    hostility.at(SUBSCRIBER_ERROR, () -> {});
  }

  @Override
  public void onComplete() {
    heard.complete();
    hostility.at(SUBSCRIBER_COMPLETE, () -> {});
  }
}
