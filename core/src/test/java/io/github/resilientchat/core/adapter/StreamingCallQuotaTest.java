package io.github.resilientchat.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Question;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A streamed call whose quota somebody elsewhere is asked for. */
class StreamingCallQuotaTest {

  private static final RoutePolicy POLICY =
      RoutePolicy.DEFAULTS.withFirstTokenTimeout(Duration.ofSeconds(3));

  private final VirtualAlarms time = new VirtualAlarms();
  private final ScriptedStreams streams = new ScriptedStreams();
  private final Deque<Runnable> tasks = new ArrayDeque<>();

  private StreamingCall<String> call(Router on, Executor executor) {
    return new StreamingCall<>(
        on,
        ModelCall.streaming(Caller.user("u"), new TokenEstimate(1, 1)),
        streams,
        streams,
        new StreamThreads(executor, time),
        new FreshAnswer(false, POLICY, null),
        UnaryOperator.identity());
  }

  private void work() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  private Router asking(CompletableFuture<Admission> answer) {
    return Engine.builder()
        .ticker(time)
        .quotas(call -> new Admission.Asked(Question.of(answer)))
        .build()
        .router(Route.named("chat").policy(POLICY).tier(Target.named("one")).build());
  }

  @Test
  void whoBringsTheQuotasAnswerOnlySaysThatItIsThere() {
    CompletableFuture<Admission> answer = new CompletableFuture<>();
    call(asking(answer), tasks::add).begin();
    assertThat(tasks).isEmpty();

    answer.complete(Admission.Unlimited.INSTANCE);
    assertThat(streams.streams).isEmpty();
    work();
    assertThat(streams.streams).hasSize(1);
    streams.stream().part("a");
    streams.stream().end();
    work();
    assertThat(streams.told).containsExactly("a", "complete");
  }

  @Test
  void streamThatIsRefusedElsewhereFails() {
    CompletableFuture<Admission> answer = new CompletableFuture<>();
    call(asking(answer), Runnable::run).begin();
    answer.complete(new Admission.Refused("pro", "1rpm", Duration.ofSeconds(2)));
    assertThat(streams.told).containsExactly("fail QuotaExceededException");
    assertThat(time.set()).isZero();
  }

  @Test
  void streamWaitsForItsQuotaNoLongerThanItsTime() {
    call(asking(new CompletableFuture<>()), Runnable::run).begin();
    time.advance(POLICY.timeout());
    assertThat(streams.told).containsExactly("fail CallTimeoutException");
  }

  @Test
  void streamThatIsLeftWhileItsQuotaIsAskedTellsNothingMore() {
    CompletableFuture<Admission> answer = new CompletableFuture<>();
    StreamingCall<String> call = call(asking(answer), Runnable::run);
    call.begin();
    call.cancel();
    answer.complete(Admission.Unlimited.INSTANCE);
    assertThat(streams.streams).isEmpty();
    assertThat(streams.told).isEmpty();
    assertThat(time.set()).isZero();
  }
}
