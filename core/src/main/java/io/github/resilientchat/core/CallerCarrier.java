package io.github.resilientchat.core;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Lets work on other threads be done for whom the thread works that hands it over: the scope that
 * is open there, else whom the resolver knows there, else whom the library carried there; and for
 * the request that is served there. Nothing is left behind on the other thread. Thread-safe.
 *
 * <pre>{@code
 * CompletableFuture.supplyAsync(() -> assistant.chat(question), carrier.executor(threads));
 * }</pre>
 */
public final class CallerCarrier {

  private final CallerResolver resolver;

  /**
   * @param resolver asked on the thread that hands work over, where no scope is open
   */
  public CallerCarrier(CallerResolver resolver) {
    this.resolver = Objects.requireNonNull(resolver, "resolver");
  }

  /** The task, done for whom this thread works now. */
  public Runnable carry(Runnable task) {
    Load load = load();
    return () -> {
      try (Bound ignored = load.bind()) {
        task.run();
      }
    };
  }

  /** The task, done for whom this thread works now. */
  public <T> Callable<T> carry(Callable<T> task) {
    Load load = load();
    return () -> {
      try (Bound ignored = load.bind()) {
        return task.call();
      }
    };
  }

  /** An executor whose tasks are done for whom the thread works that hands them over. */
  public Executor executor(Executor threads) {
    return task -> threads.execute(carry(task));
  }

  private Load load() {
    Optional<Caller> said = CallerScope.opened();
    if (said.isEmpty()) {
      @Nullable Optional<Caller> resolved = resolver.resolve();
      said = resolved == null ? Optional.empty() : resolved;
    }
    return new Load(
        said.orElse(null), CallerScope.carried().orElse(null), EdgeRequest.current().orElse(null));
  }

  private record Load(
      @Nullable Caller said, @Nullable Caller carried, @Nullable EdgeRequest request) {

    Bound bind() {
      EdgeRequest.Scope served = EdgeRequest.open(request);
      CallerScope library = CallerScope.carry(carried);
      CallerScope application = CallerScope.open(said);
      return () -> {
        application.close();
        library.close();
        served.close();
      };
    }
  }

  private interface Bound extends AutoCloseable {
    @Override
    void close();
  }
}
