package io.github.resilientchat.langchain4j;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Carries what is bound to a caller's thread to the threads on which a streamed call goes on after
 * a failure, a timeout or a pause. An executor that wraps its tasks is no substitute: tasks come
 * from the provider's threads, where the caller's context is gone.
 *
 * <p>For everything that Micrometer's context propagation knows:
 *
 * <pre>{@code
 * ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().build();
 * builder.context(() -> snapshots.captureAll()::wrap);
 * }</pre>
 */
@FunctionalInterface
public interface CallContext {

  /**
   * Takes a snapshot, on the caller's thread as the call enters.
   *
   * @return wraps a task so that it runs with the snapshot and leaves nothing of it behind
   */
  UnaryOperator<Runnable> capture();

  /** SLF4J's MDC, which is always carried. */
  static CallContext mdc() {
    return () -> {
      @Nullable Map<String, String> callers = MDC.getCopyOfContextMap();
      return task -> () -> runWith(callers, task);
    };
  }

  /** This and, inside it, another. */
  default CallContext and(CallContext other) {
    return () -> {
      UnaryOperator<Runnable> outer = capture();
      UnaryOperator<Runnable> inner = other.capture();
      return task -> outer.apply(inner.apply(task));
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
