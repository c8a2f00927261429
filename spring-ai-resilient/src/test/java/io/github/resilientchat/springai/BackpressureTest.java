package io.github.resilientchat.springai;

import static io.github.resilientchat.springai.ScriptedChatModel.end;
import static io.github.resilientchat.springai.ScriptedChatModel.streaming;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.route.RoutePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.prompt.Prompt;
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
}
