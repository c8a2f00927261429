package io.github.resilientchat.benchmarks.jmh;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One model and its fallback in Resilience4j's decorators, decorated once for all calls. */
@State(Scope.Benchmark)
public class Resilience4jCalls {

  private final Function<ChatRequest, ChatResponse> chain =
      withFallback(guarded("first"), guarded("fallback"));

  @Benchmark
  public ChatResponse chain(Processor processor) {
    return chain.apply(InstantModel.HELLO);
  }

  private static Function<ChatRequest, ChatResponse> guarded(String name) {
    ChatModel model = new InstantModel();
    Function<ChatRequest, ChatResponse> call = model::chat;
    return Retry.decorateFunction(
        Retry.ofDefaults(name),
        CircuitBreaker.decorateFunction(
            CircuitBreaker.ofDefaults(name),
            Bulkhead.decorateFunction(Bulkhead.ofDefaults(name), call)));
  }

  private static Function<ChatRequest, ChatResponse> withFallback(
      Function<ChatRequest, ChatResponse> first, Function<ChatRequest, ChatResponse> fallback) {
    return request -> {
      try {
        return first.apply(request);
      } catch (RuntimeException failed) {
        return fallback.apply(request);
      }
    };
  }
}
