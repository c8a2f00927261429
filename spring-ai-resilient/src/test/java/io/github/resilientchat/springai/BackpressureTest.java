package io.github.resilientchat.springai;

import static io.github.resilientchat.springai.ScriptedChatModel.end;
import static io.github.resilientchat.springai.ScriptedChatModel.streaming;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.route.RoutePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Models push; the caller's demand decides what it gets when. */
class BackpressureTest extends VirtualTimeTest {

  @Test
  void slowCallerGetsWhatItAskedForAndInTheEndAllOfIt() {
    List<String> said = IntStream.range(0, 5_000).mapToObj(word -> "word " + word).toList();
    ScriptedChatModel model =
        streaming(Flux.fromIterable(said).map(ScriptedChatModel::text).concatWithValues(end(1, 1)));
    List<String> heard = new ArrayList<>();

    StepVerifier.create(
            words(model(Engine.builder(), RoutePolicy.DEFAULTS, model).stream(new Prompt("hello")))
                .doOnNext(heard::add),
            0)
        .thenRequest(1)
        .expectNextCount(1)
        .then(() -> assertThat(heard).hasSize(1))
        .thenRequest(2)
        .expectNextCount(2)
        .then(() -> assertThat(heard).hasSize(3))
        .thenRequest(Long.MAX_VALUE)
        .thenConsumeWhile(word -> true)
        .verifyComplete();
    assertThat(heard).isEqualTo(said);
  }

  @Test
  void callerWhoAsksForOnePartAtATimeGetsAllOfThem() {
    List<String> said = IntStream.range(0, 500).mapToObj(word -> "word " + word).toList();
    ScriptedChatModel model =
        streaming(Flux.fromIterable(said).map(ScriptedChatModel::text).concatWithValues(end(1, 1)));
    List<String> heard = new ArrayList<>();
    CompletableFuture<Void> ended = new CompletableFuture<>();

    model(Engine.builder(), RoutePolicy.DEFAULTS, model).stream(new Prompt("hello"))
        .subscribe(new OneAtATime(heard, ended));

    assertThat(ended).isCompleted();
    assertThat(heard).isEqualTo(said);
  }

  /** No operator of Reactor's asks for more in its stead. */
  private record OneAtATime(
      List<String> heard, CompletableFuture<Void> ended, AtomicReference<Subscription> upstream)
      implements CoreSubscriber<ChatResponse> {

    private OneAtATime(List<String> heard, CompletableFuture<Void> ended) {
      this(heard, ended, new AtomicReference<>());
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      upstream.set(subscription);
      subscription.request(1);
    }

    @Override
    public void onNext(ChatResponse part) {
      String text = Words.of(part);
      if (!text.isEmpty()) {
        heard.add(text);
      }
      upstream.get().request(1);
    }

    @Override
    public void onError(Throwable error) {
      ended.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      ended.complete(null);
    }
  }
}
