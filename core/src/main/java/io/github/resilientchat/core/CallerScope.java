package io.github.resilientchat.core;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The caller bound to the current thread, for code that cannot pass it with the request. A scope is
 * closed on the thread that opened it and gives back the caller that was bound before.
 *
 * <p>The caller is read once, when a call enters the model; it does not follow work to other
 * threads by itself.
 */
public final class CallerScope implements AutoCloseable {

  private static final ThreadLocal<@Nullable Caller> CURRENT = new ThreadLocal<>();

  private final @Nullable Caller previous;

  private CallerScope(@Nullable Caller previous) {
    this.previous = previous;
  }

  /** Binds the caller until the scope is closed; null binds nobody. */
  public static CallerScope open(@Nullable Caller caller) {
    CallerScope scope = new CallerScope(CURRENT.get());
    bind(caller);
    return scope;
  }

  /** Runs the action with the caller bound. */
  public static <T> T callAs(Caller caller, Supplier<T> action) {
    try (CallerScope ignored = open(caller)) {
      return action.get();
    }
  }

  /** The caller bound to this thread. */
  public static Optional<Caller> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  @Override
  public void close() {
    bind(previous);
  }

  private static void bind(@Nullable Caller caller) {
    if (caller == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(caller);
    }
  }
}
