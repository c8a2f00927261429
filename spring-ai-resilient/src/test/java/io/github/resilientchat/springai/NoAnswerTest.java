package io.github.resilientchat.springai;

import static io.github.resilientchat.springai.ScriptedChatModel.end;
import static io.github.resilientchat.springai.ScriptedChatModel.streaming;
import static io.github.resilientchat.springai.ScriptedChatModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.route.RoutePolicy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** A model that says null is left for the next, as one that fails. */
class NoAnswerTest extends VirtualTimeTest {

  private ResilientChatModel model() {
    return model(
        Engine.builder(),
        RoutePolicy.DEFAULTS,
        new Silent(),
        streaming(Flux.just(text("hi"), end(1, 1))).then(Flux.just(text("hi"))));
  }

  @Test
  void callMovesOn() {
    assertThat(model().call(new Prompt("hello"))).isNotNull();
    assertThat(lastCall().attempts()).hasSize(2);
    assertThat(failure()).containsEntry("t0", "NoAnswer");
  }

  @Test
  void streamMovesOn() {
    StepVerifier.create(words(model().stream(new Prompt("hello"))))
        .expectNext("hi")
        .verifyComplete();
    assertThat(failure()).containsEntry("t0", "NoAnswer");
  }

  private Map<String, String> failure() {
    return Map.of(
        lastCall().attempts().get(0).target().name(),
        lastCall().attempts().get(0).failure().code());
  }

  private static final class Silent implements ChatModel {

    @Override
    public ChatResponse call(Prompt prompt) {
      return null;
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
      return null;
    }
  }
}
