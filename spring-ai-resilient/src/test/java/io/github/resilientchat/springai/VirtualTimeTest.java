package io.github.resilientchat.springai;

import io.github.resilientchat.core.adapter.StreamThreads;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.RoutePolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Streams of scripted models, driven on a clock that only the test moves. */
abstract class VirtualTimeTest {

  static final Duration AT_MOST = Duration.ofSeconds(30);
  static final Duration FIRST_TOKEN = RoutePolicy.DEFAULTS.firstTokenTimeout();
  static final Duration IDLE = RoutePolicy.DEFAULTS.idleTimeout();

  final List<CallReport> calls = new CopyOnWriteArrayList<>();
  VirtualTimeScheduler time;

  @BeforeEach
  void stopTime() {
    time = VirtualTimeScheduler.getOrSet();
    StepVerifier.setDefaultTimeout(AT_MOST);
  }

  @AfterEach
  void startTime() {
    VirtualTimeScheduler.reset();
    StepVerifier.resetDefaultTimeout();
  }

  ResilientChatModel model(Engine.Builder engine, RoutePolicy policy, ChatModel... models) {
    ResilientChatModel.Builder builder =
        ResilientChatModel.builder()
            .engine(engine(engine))
            .threads(threads())
            .policy(policy)
            .target("t0", models[0]);
    for (int i = 1; i < models.length; i++) {
      builder.fallback("t" + i, models[i]);
    }
    return builder.build();
  }

  /** Everything on the thread that moves the clock. */
  StreamThreads threads() {
    return new StreamThreads(
        Runnable::run,
        (delay, action) -> time.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS)::dispose);
  }

  Engine engine(Engine.Builder engine) {
    return engine
        .ticker(() -> time.now(TimeUnit.NANOSECONDS))
        .listener(
            new RouteListener() {
              @Override
              public void onCall(CallReport report) {
                calls.add(report);
              }
            })
        .build();
  }

  CallReport lastCall() {
    return calls.get(calls.size() - 1);
  }

  static Flux<String> words(Flux<ChatResponse> answer) {
    return answer.map(Words::of).filter(text -> !text.isEmpty());
  }
}
