package io.github.resilientchat.springai;

import static io.github.resilientchat.springai.ScriptedChatModel.end;
import static io.github.resilientchat.springai.ScriptedChatModel.streaming;
import static io.github.resilientchat.springai.ScriptedChatModel.text;
import static io.github.resilientchat.springai.ScriptedChatModel.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.route.RoutePolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** A model that works on something it does not show yet, as on the arguments of a tool call. */
class SignsOfLifeTest extends VirtualTimeTest {

  private static final RoutePolicy IDLE_IS_SHORTER =
      RoutePolicy.DEFAULTS.withIdleTimeout(FIRST_TOKEN.dividedBy(3));

  private final TestPublisher<ChatResponse> parts = TestPublisher.create();
  private Exchange exchange;

  @Test
  void longToolCallIsNotCutOff() {
    StepVerifier.create(stream(RoutePolicy.DEFAULTS, workingModel()))
        .then(() -> pass(FIRST_TOKEN.minusMillis(1)))
        .then(exchangeProgress())
        .then(() -> pass(IDLE.minusMillis(1)))
        .then(exchangeProgress())
        .then(() -> pass(IDLE.minusMillis(1)))
        .then(parts::assertNotCancelled)
        .then(() -> parts.next(toolCall("book", "{}"), end(1, 1)).complete())
        .expectNextCount(2)
        .verifyComplete();
  }

  @Test
  void modelThatFallsSilentIsLeftAfterTheIdleTimeout() {
    ChatModel fallback = streaming(Flux.just(text("hi"), end(1, 1)));

    StepVerifier.create(words(stream(IDLE_IS_SHORTER, workingModel(), fallback)))
        .then(exchangeProgress())
        .then(() -> pass(IDLE_IS_SHORTER.idleTimeout().minusMillis(1)))
        .then(parts::assertNotCancelled)
        .then(() -> pass(Duration.ofMillis(1)))
        .then(parts::assertCancelled)
        .expectNext("hi")
        .verifyComplete();

    assertThat(lastCall().moves()).singleElement().asString().contains("IdleTimeout");
  }

  @Test
  void progressBetweenTokensCounts() {
    StepVerifier.create(words(stream(RoutePolicy.DEFAULTS, workingModel())))
        .then(() -> parts.next(text("a")))
        .then(() -> pass(IDLE.minusMillis(1)))
        .then(exchangeProgress())
        .then(() -> pass(IDLE.minusMillis(1)))
        .then(() -> parts.next(end(1, 1)).complete())
        .expectNext("a")
        .verifyComplete();
  }

  @Test
  void progressAfterTheEndDoesNothing() {
    StepVerifier.create(words(stream(RoutePolicy.DEFAULTS, workingModel())))
        .then(() -> parts.next(text("a"), end(1, 1)).complete())
        .then(exchangeProgress())
        .expectNext("a")
        .verifyComplete();

    assertThat(calls).hasSize(1);
  }

  private Flux<ChatResponse> stream(RoutePolicy policy, ChatModel... models) {
    // Calls whose tools somebody else runs come through as they are.
    Prompt prompt = BedrockContract.withTools(CountingTool.doing(() -> {}));
    ((ToolCallingChatOptions) prompt.getOptions()).setInternalToolExecutionEnabled(false);
    return model(Engine.builder(), policy, models).stream(prompt);
  }

  private ChatModel workingModel() {
    return streaming(
        Flux.defer(
            () -> {
              exchange = Exchange.current().orElseThrow();
              return parts.flux();
            }));
  }

  private Runnable exchangeProgress() {
    return () -> exchange.progressed(0);
  }

  private void pass(Duration duration) {
    time.advanceTimeBy(duration);
  }
}
