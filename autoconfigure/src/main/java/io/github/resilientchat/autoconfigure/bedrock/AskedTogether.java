package io.github.resilientchat.autoconfigure.bedrock;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import software.amazon.awssdk.utils.ThreadFactoryBuilder;

/** Asks the same about many at once, on threads that end with it. */
final class AskedTogether {

  private static final int THREADS = 16;

  private AskedTogether() {}

  /**
   * The answers that came within a limit of time for all of them.
   *
   * @param question throws nothing but what stops the start
   */
  static <K, V> Map<K, V> ask(Collection<K> all, Function<K, V> question, Duration limit) {
    List<K> keys = List.copyOf(all);
    Map<K, V> answers = new HashMap<>();
    if (keys.isEmpty()) {
      return answers;
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(THREADS, keys.size()),
            new ThreadFactoryBuilder()
                .threadNamePrefix("resilient-discovery")
                .daemonThreads(true)
                .build());
    try {
      List<Callable<V>> asking =
          keys.stream().map(key -> (Callable<V>) () -> question.apply(key)).toList();
      List<Future<V>> told = threads.invokeAll(asking, limit.toNanos(), TimeUnit.NANOSECONDS);
      for (int i = 0; i < keys.size(); i++) {
        if (!told.get(i).isCancelled()) {
          answers.put(keys.get(i), told.get(i).get());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while the control plane was asked");
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
    return answers;
  }
}
