package io.github.resilientchat.benchmarks.gateway;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** So many callers at a time, each of whom calls again as soon as it has its answer. */
final class Load {

  private static final ChatRequest HELLO =
      ChatRequest.builder().messages(UserMessage.from("hello")).build();

  private Load() {}

  static Latencies on(ChatModel model, int callers, Duration length) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      long began = System.nanoTime();
      long end = began + length.toNanos();
      List<Future<LongStream>> calls =
          IntStream.range(0, callers)
              .mapToObj(caller -> threads.submit(() -> until(end, model)))
              .toList();
      LongStream all = LongStream.empty();
      for (Future<LongStream> each : calls) {
        all = LongStream.concat(all, each.get());
      }
      return Latencies.of(all, System.nanoTime() - began);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a call failed", failed.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Nanoseconds of one call. */
  static long timed(ChatModel model) {
    long began = System.nanoTime();
    model.chat(HELLO);
    return System.nanoTime() - began;
  }

  private static LongStream until(long end, ChatModel model) {
    List<Long> calls = new ArrayList<>();
    do {
      calls.add(timed(model));
    } while (System.nanoTime() < end);
    return calls.stream().mapToLong(Long::longValue);
  }
}
