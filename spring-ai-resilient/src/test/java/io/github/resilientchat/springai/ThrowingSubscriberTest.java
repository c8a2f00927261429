package io.github.resilientchat.springai;

import static io.github.resilientchat.springai.ScriptedChatModel.end;
import static io.github.resilientchat.springai.ScriptedChatModel.streaming;
import static io.github.resilientchat.springai.ScriptedChatModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.route.RoutePolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Subscribers that throw, with and without operators between them and the model. */
class ThrowingSubscriberTest extends VirtualTimeTest {

  private final List<String> ends = new ArrayList<>();

  private Flux<ChatResponse> stream(Flux<ChatResponse> script) {
    return model(Engine.builder(), RoutePolicy.DEFAULTS, streaming(script)).stream(
        new Prompt("hello"));
  }

  private static Flux<ChatResponse> whole() {
    return Flux.just(text("a"), text("b"), end(1, 2));
  }

  /** Reactor lets it through from any operator, to whoever emits: nobody else ends the stream. */
  @Test
  void errorOfTheJvmInAnOperatorEndsTheStream() {
    NoClassDefFoundError fatal = new NoClassDefFoundError("of the application");

    StepVerifier.create(
            stream(whole())
                .doOnNext(
                    part -> {
                      throw fatal;
                    })
                .doFinally(signal -> ends.add(signal.name())))
        .expectErrorMatches(fatal::equals)
        .verify();

    assertThat(ends).containsExactly("ON_ERROR");
    assertThat(lastCall().attempts()).hasSize(1);
  }

  @Test
  void exceptionOfAnOperatorCancelsTheModelAndIsToldOnce() {
    StepVerifier.create(
            stream(Flux.concat(Flux.just(text("a")), Flux.never()))
                .doOnNext(
                    part -> {
                      throw new IllegalStateException("the application's own");
                    }))
        .verifyErrorMessage("the application's own");

    assertThat(calls).extracting(CallReport::ending).containsExactly(CallReport.Ending.CANCELLED);
  }

  @Test
  void subscriberThatThrowsHearsOneEndAndLeavesNothingOpen() {
    stream(whole()).subscribe(new Throwing());

    assertThat(ends).containsExactly("error");
    assertThat(calls).hasSize(1);
  }

  private final class Throwing implements CoreSubscriber<ChatResponse> {

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ChatResponse part) {
      throw new IllegalStateException("a bug in the subscriber");
    }

    @Override
    public void onError(Throwable error) {
      ends.add("error");
    }

    @Override
    public void onComplete() {
      ends.add("complete");
    }
  }
}
