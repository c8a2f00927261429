package io.github.resilientchat.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Callers leave while their call moves between targets, pauses, starts and ends. */
class RacingCancellationTest {

  private static final int CALLERS = 8;
  private static final int ROUNDS = 300;

  private static final class NotReady extends RuntimeException {}

  private record Streaming(Flux<ChatResponse> answer) implements ChatModel {
    @Override
    public ChatResponse call(Prompt prompt) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
      return answer;
    }
  }

  private final Semaphore ended = new Semaphore(0);
  private final AtomicBoolean hold = new AtomicBoolean();

  @Test
  void everyCallEndsOnceAndGivesItsPermitBack() throws InterruptedException {
    Flux<ChatResponse> answer = model().stream(new Prompt("hi"));

    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < CALLERS; i++) {
        Disposable call = answer.subscribe(part -> {}, error -> {});
        Schedulers.parallel().schedule(call::dispose, i * 20L, TimeUnit.MICROSECONDS);
      }
      assertThat(ended.tryAcquire(CALLERS, 30, TimeUnit.SECONDS)).isTrue();
    }

    hold.set(true);
    AtomicInteger refused = new AtomicInteger();
    List<Disposable> held = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      held.add(answer.subscribe(part -> {}, error -> refused.incrementAndGet()));
    }
    assertThat(refused).hasValue(0);
    held.forEach(Disposable::dispose);
    assertThat(ended.tryAcquire(CALLERS, 30, TimeUnit.SECONDS)).isTrue();
    assertThat(ended.availablePermits()).isZero();
  }

  private ResilientChatModel model() {
    AtomicInteger turn = new AtomicInteger();
    Flux<ChatResponse> sometimes =
        Flux.defer(
            () ->
                hold.get()
                    ? Flux.never()
                    : turn.incrementAndGet() % 2 == 0
                        ? Flux.error(new NotReady())
                        : Flux.just(ScriptedChatModel.text("hi"), ScriptedChatModel.end(1, 1)));
    Target one = Target.builder("one").limits(Limits.parse(CALLERS + "par")).build();
    return ResilientChatModel.builder()
        .engine(engine())
        .target(one, new Streaming(sometimes.subscribeOn(Schedulers.parallel())))
        .build();
  }

  private Engine engine() {
    return Engine.builder()
        .classifier(
            error ->
                Optional.of(
                    Failure.of(
                        error instanceof NotReady ? FailureKind.NOT_READY : FailureKind.REJECTED,
                        error.getClass().getSimpleName())))
        .listener(
            new RouteListener() {
              @Override
              public void onCall(CallReport report) {
                ended.release();
              }
            })
        .build();
  }
}
