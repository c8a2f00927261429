package io.github.resilientchat.langchain4j;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Carries what is bound to a caller's thread to the threads of a streamed call: those on which its
 * handler is told, and on which it goes on after a failure, a timeout or a pause. So it is there in
 * the tools that an AI service runs in a streamed loop, in the calls that follow them, and in
 * listeners. An executor that wraps its tasks is no substitute: tasks come from other threads,
 * where the caller's context is gone.
 *
 * <p>SLF4J's MDC and the call's own caller ({@link CallerScope}) are always carried, however the
 * call came to know its caller. A context of your own adds to them. For all that Micrometer's
 * context propagation knows, Spring Security's context (from 6.5 on) included:
 *
 * <pre>{@code
 * ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().build();
 * builder.context(() -> snapshots.captureAll()::wrap);
 * }</pre>
 *
 * <p>Threads that LangChain4j starts itself are beyond a model: parallel agents and tools that run
 * concurrently. They take an executor, which {@link #executor} makes.
 */
@FunctionalInterface
public interface CallContext {

  /**
   * Takes a snapshot, on the caller's thread as the call enters; what it throws ends the call
   * there. Where what it returned throws, the call goes on without it.
   *
   * @return wraps a task so that it runs with the snapshot and leaves nothing of it behind; what it
   *     wrapped may run many times, one at a time
   */
  UnaryOperator<Runnable> capture();

  /** SLF4J's MDC, which is always carried. */
  static CallContext mdc() {
    return () -> {
      @Nullable Map<String, String> callers = MDC.getCopyOfContextMap();
      return task -> () -> runWith(callers, task);
    };
  }

  /** The caller that is bound to the thread by {@link CallerScope}, or carried there. */
  static CallContext caller() {
    return () -> {
      @Nullable Caller opened = CallerScope.opened().orElse(null);
      @Nullable Caller carried = CallerScope.carried().orElse(null);
      return task -> runAs(opened, carried, task);
    };
  }

  /**
   * An executor whose tasks run with a snapshot of the thread that hands them over. For the threads
   * on which LangChain4j runs parallel agents or tools: {@code
   * mdc().and(caller()).executor(threads)}.
   */
  default Executor executor(Executor threads) {
    return task -> threads.execute(capture().apply(task));
  }

  /** This and, inside it, another. */
  default CallContext and(CallContext other) {
    return () -> {
      UnaryOperator<Runnable> outer = capture();
      UnaryOperator<Runnable> inner = other.capture();
      return task -> outer.apply(inner.apply(task));
    };
  }

  private static Runnable runAs(@Nullable Caller opened, @Nullable Caller carried, Runnable task) {
    return () -> {
      try (CallerScope library = CallerScope.carry(carried);
          CallerScope application = CallerScope.open(opened)) {
        task.run();
      }
    };
  }

  private static void runWith(@Nullable Map<String, String> mdc, Runnable task) {
    @Nullable Map<String, String> before = MDC.getCopyOfContextMap();
    set(mdc);
    try {
      task.run();
    } finally {
      set(before);
    }
  }

  private static void set(@Nullable Map<String, String> mdc) {
    if (mdc == null) {
      MDC.clear();
    } else {
      MDC.setContextMap(mdc);
    }
  }
}
