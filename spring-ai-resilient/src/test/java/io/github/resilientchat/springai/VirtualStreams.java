package io.github.resilientchat.springai;

import static io.github.resilientchat.springai.ScriptedChatModel.text;

import io.github.resilientchat.core.CallReport;
import io.github.resilientchat.core.Engine;
import io.github.resilientchat.core.RouteListener;
import io.github.resilientchat.core.RoutePolicy;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Streams of scripted models, driven on a clock that only the test moves. */
abstract class VirtualStreams {

  static final Duration AT_MOST = Duration.ofSeconds(30);

  final List<CallReport> calls = new ArrayList<>();
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

  static final class NotReady extends RuntimeException {}

  Flux<ChatResponse> stream(ChatModel... models) {
    Engine.Builder engine =
        Engine.builder()
            .classifier(
                FailureClassifier.chain(
                    List.of(
                        error ->
                            error instanceof NotReady
                                ? Optional.of(Failure.of(FailureKind.NOT_READY, "NotReady"))
                                : Optional.empty())));
    return model(engine, RoutePolicy.DEFAULTS, models).stream(new Prompt("hi"));
  }

  ResilientChatModel model(Engine.Builder engine, RoutePolicy policy, ChatModel... models) {
    ResilientChatModel.Builder builder =
        ResilientChatModel.builder().engine(engine(engine)).policy(policy).target("t0", models[0]);
    for (int i = 1; i < models.length; i++) {
      builder.fallback("t" + i, models[i]);
    }
    return builder.build();
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

  static Flux<String> words(Flux<ChatResponse> answer) {
    return answer.map(Chunks::text).filter(text -> !text.isEmpty());
  }
}
