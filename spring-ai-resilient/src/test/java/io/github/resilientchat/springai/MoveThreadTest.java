package io.github.resilientchat.springai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class MoveThreadTest {

  @Test
  void fallbackMayBlockWhileItStartsAlthoughThePrimaryFailedOnAnEventLoop() {
    AtomicBoolean mayBlock = new AtomicBoolean();
    Flux<ChatResponse> failing =
        Flux.<ChatResponse>error(new IOException()).subscribeOn(Schedulers.parallel());
    Flux<ChatResponse> answering =
        Flux.defer(
            () -> {
              mayBlock.set(!Schedulers.isInNonBlockingThread());
              return Flux.just(ScriptedChatModel.end(1, 1));
            });
    ResilientChatModel model =
        ResilientChatModel.builder()
            .target("primary", ScriptedChatModel.streaming(failing))
            .fallback("fallback", ScriptedChatModel.streaming(answering))
            .build();

    StepVerifier.create(model.stream(new Prompt("hi")))
        .expectNextCount(1)
        .expectComplete()
        .verify(Duration.ofSeconds(30));

    assertThat(mayBlock).isTrue();
  }
}
