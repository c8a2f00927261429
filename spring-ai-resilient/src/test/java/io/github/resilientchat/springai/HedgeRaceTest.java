package io.github.resilientchat.springai;

import static io.github.resilientchat.springai.ScriptedChatModel.end;
import static io.github.resilientchat.springai.ScriptedChatModel.streaming;
import static io.github.resilientchat.springai.ScriptedChatModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.HedgePolicy;
import io.github.resilientchat.core.route.RoutePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/** Two models that begin at about the same time, on threads of their own, again and again. */
class HedgeRaceTest {

  private static final Duration AT_MOST = Duration.ofMinutes(2);
  private static final int CALLS = 3_000;
  private static final int AT_A_TIME = 32;

  private final ConcurrentLinkedQueue<CallReport> calls = new ConcurrentLinkedQueue<>();
  private final Phaser running = new Phaser(1);
  private final Random random = new Random(1);

  private final AtomicInteger begun = new AtomicInteger();
  private final Semaphore ended = new Semaphore(0);

  @Test
  void everyCallIsAnsweredByOneModelAndNothingKeepsRunning()
      throws InterruptedException, TimeoutException {
    Flux<ChatResponse> answer = model().stream(new Prompt("hello"));

    List<List<String>> answers =
        Flux.range(0, CALLS)
            .flatMap(call -> call % 7 == 0 ? left(answer) : words(answer), AT_A_TIME)
            .filter(words -> !words.isEmpty())
            .collectList()
            .block(AT_MOST);

    assertThat(answers).hasSize(CALLS - (CALLS + 6) / 7);
    assertThat(answers).allMatch(words -> words.equals(list("a")) || words.equals(list("b")));
    running.awaitAdvanceInterruptibly(running.arrive(), AT_MOST.toSeconds(), TimeUnit.SECONDS);
    // One that is cancelled on Reactor's timer ends on another thread, if it had begun.
    assertThat(ended.tryAcquire(begun.get(), AT_MOST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(calls).hasSize(begun.get());
    assertThat(begun.get()).isGreaterThan(CALLS * 9 / 10);
    assertThat(calls).anyMatch(call -> call.attempts().size() == 2);
  }

  private static List<String> list(String name) {
    return List.of(name + "1", name + "2", name + "3");
  }

  private static Flux<List<String>> words(Flux<ChatResponse> answer) {
    return VirtualTimeTest.words(answer).collectList().flux();
  }

  /** A caller who goes away about when the models begin. */
  private static Flux<List<String>> left(Flux<ChatResponse> answer) {
    return answer.takeUntilOther(Flux.interval(Duration.ofMillis(2)).next()).thenMany(Flux.empty());
  }

  private ResilientChatModel model() {
    Engine engine =
        Engine.builder()
            .quotas(
                call -> {
                  begun.incrementAndGet();
                  return Admission.Unlimited.INSTANCE;
                })
            .listener(
                new RouteListener() {
                  @Override
                  public void onCall(CallReport report) {
                    calls.add(report);
                    ended.release();
                  }
                })
            .build();
    return ResilientChatModel.builder()
        .engine(engine)
        .policy(RoutePolicy.DEFAULTS.withHedge(new HedgePolicy(Duration.ofMillis(1), 5)))
        .target("a", streaming().then(script("a", 2)))
        .fallback("b", streaming().then(script("b", 1)))
        .build();
  }

  private Flux<ChatResponse> script(String name, int millis) {
    Flux<ChatResponse> parts =
        Flux.just(text(name + "1"), text(name + "2"), text(name + "3"), end(1, 3));
    return Flux.defer(
        () -> {
          running.register();
          Duration delay = Duration.ofNanos(millis * 1_000_000L + random.nextInt(500_000));
          return parts.delaySubscription(delay).doFinally(signal -> running.arriveAndDeregister());
        });
  }
}
