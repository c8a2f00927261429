package io.github.resilientchat.core;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Lets work on other threads be done for whom the thread works that hands it over: the scope that
 * is open there, else whom the resolver knows there, else whom the library carried there; and for
 * the request that is served there. What the resolver throws ends a call that the work makes, and
 * no work that makes none. Nothing is left behind on the other thread. Thread-safe.
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

  /** Work that makes no call is nobody's: what a resolver throws waits for one that does. */
  private Load load() {
    @Nullable Caller said = null;
    @Nullable Throwable unknown = null;
    try {
      said = said().orElse(null);
    } catch (Throwable why) {
      unknown = why;
    }
    return new Load(
        said, unknown, CallerScope.carried().orElse(null), EdgeRequest.current().orElse(null));
  }

  private Optional<Caller> said() {
    Optional<Caller> opened = CallerScope.ofCall();
    if (opened.isPresent()) {
      return opened;
    }
    @Nullable Optional<Caller> resolved = resolver.resolve();
    return resolved == null ? Optional.empty() : resolved;
  }

  private record Load(
      @Nullable Caller said,
      @Nullable Throwable unknown,
      @Nullable Caller carried,
      @Nullable EdgeRequest request) {

    Bound bind() {
      EdgeRequest.Scope served = EdgeRequest.open(request);
      CallerScope library = CallerScope.carry(carried);
      CallerScope application =
          unknown == null ? CallerScope.open(said) : CallerScope.unknown(unknown);
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
