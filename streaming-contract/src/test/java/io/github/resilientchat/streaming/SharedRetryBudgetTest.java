package io.github.resilientchat.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.failure.AttemptFailedException;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.BreakerPolicy;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import io.github.resilientchat.langchain4j.ResilientStreamingChatModel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/** One outage, one budget: however many models and shapes are over a route. */
class SharedRetryBudgetTest {

  private static final int CALLS = 60;
  private static final int PERCENT = 20;

  /** In each the second target is well until it has failed, and a move to it is free. */
  private static final int WAYS_OF_CALLING = 2;

  /** Nothing but the budget keeps a call from its next attempt. */
  private static final RoutePolicy PERSISTENT =
      RoutePolicy.DEFAULTS.withBreaker(
          new BreakerPolicy(100, 10_000, Duration.ofSeconds(30), Duration.ofSeconds(15), 1));

  private final List<CallReport> reports = new CopyOnWriteArrayList<>();
  private final Engine engine =
      Engine.builder()
          .ticker(() -> 0)
          .listener(
              new RouteListener() {
                @Override
                public void onCall(CallReport report) {
                  reports.add(report);
                }
              })
          .build();

  private static RuntimeException failure() {
    return AttemptFailedException.truncated();
  }

  @Test
  void blockingAndStreamingModelOfLangChain4jShareIt() {
    ResilientChatModel chat = chat();
    ResilientStreamingChatModel stream = stream();
    for (int call = 0; call < CALLS; call += 2) {
      failing(() -> chat.chat("hello"));
      failing(() -> answer(stream));
    }

    assertRetriesWithin();
  }

  @Test
  void callsAndStreamsOfSpringAiShareIt() {
    org.springframework.ai.chat.model.ChatModel model = springAi();
    for (int call = 0; call < CALLS; call += 2) {
      failing(() -> model.call(new Prompt("hello")));
      failing(() -> model.stream(new Prompt("hello")).blockLast(Lab.AT_MOST));
    }

    assertRetriesWithin();
  }

  @Test
  void bothFrameworksShareIt() {
    ResilientChatModel chat = chat();
    ResilientStreamingChatModel stream = stream();
    org.springframework.ai.chat.model.ChatModel model = springAi();
    for (int call = 0; call < CALLS; call += 4) {
      failing(() -> chat.chat("hello"));
      failing(() -> answer(stream));
      failing(() -> model.call(new Prompt("hello")));
      failing(() -> model.stream(new Prompt("hello")).blockLast(Lab.AT_MOST));
    }

    assertRetriesWithin();
  }

  private void assertRetriesWithin() {
    assertThat(reports).hasSize(CALLS);
    int attempts = reports.stream().mapToInt(report -> report.attempts().size()).sum();
    assertThat(attempts - CALLS)
        .as("tries again")
        .isBetween(1, WAYS_OF_CALLING + CALLS * PERCENT / 100);
  }

  private static void failing(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException expected) {
      return;
    }
    throw new AssertionError("every target fails");
  }

  private ResilientChatModel chat() {
    ChatModel failing =
        new ChatModel() {
          @Override
          public ChatResponse doChat(ChatRequest request) {
            throw failure();
          }
        };
    return ResilientChatModel.builder()
        .engine(engine)
        .target("a", failing)
        .fallback("b", failing)
        .policy(PERSISTENT)
        .build();
  }

  private ResilientStreamingChatModel stream() {
    StreamingChatModel failing =
        new StreamingChatModel() {
          @Override
          public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            handler.onError(failure());
          }
        };
    return ResilientStreamingChatModel.builder()
        .engine(engine)
        .target("a", failing)
        .fallback("b", failing)
        .policy(PERSISTENT)
        .build();
  }

  private org.springframework.ai.chat.model.ChatModel springAi() {
    org.springframework.ai.chat.model.ChatModel failing =
        new org.springframework.ai.chat.model.ChatModel() {
          @Override
          public org.springframework.ai.chat.model.ChatResponse call(Prompt prompt) {
            throw failure();
          }

          @Override
          public Flux<org.springframework.ai.chat.model.ChatResponse> stream(Prompt prompt) {
            return Flux.error(failure());
          }
        };
    return io.github.resilientchat.springai.ResilientChatModel.builder()
        .engine(engine)
        .target("a", failing)
        .fallback("b", failing)
        .policy(PERSISTENT)
        .build();
  }

  private static void answer(StreamingChatModel model) {
    CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
    model.chat(
        "hello",
        new StreamingChatResponseHandler() {
          @Override
          public void onCompleteResponse(ChatResponse response) {
            answer.complete(response);
          }

          @Override
          public void onError(Throwable error) {
            answer.completeExceptionally(error);
          }
        });
    answer.orTimeout(Lab.AT_MOST.toSeconds(), TimeUnit.SECONDS).join();
  }
}
