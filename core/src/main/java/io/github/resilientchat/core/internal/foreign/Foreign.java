package io.github.resilientchat.core.internal.foreign;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls code that applications, frameworks and libraries bring, and survives whatever it throws.
 * The fault is logged once, by type and place: a message may quote a prompt.
 */
public final class Foreign {

  private static final Logger LOG = LoggerFactory.getLogger("io.github.resilientchat.extensions");

  private Foreign() {}

  /**
   * Runs the action.
   *
   * @param who what is being called, for the log
   */
  public static void run(String who, Runnable action) {
    try {
      action.run();
    } catch (Throwable fault) {
      log(who, fault);
    }
  }

  /**
   * Runs the action on a thread that nobody waits for, for those who are told on an event loop.
   *
   * @param who what is being called, for the log
   */
  public static void aside(String who, Runnable action) {
    // Unlike the common pool's own, it runs on a machine with one processor as well.
    CompletableFuture.runAsync(() -> run(who, action));
  }

  /** What the action says, or null when it throws. */
  public static <T> @Nullable T ask(String who, Supplier<? extends @Nullable T> action) {
    try {
      return action.get();
    } catch (Throwable fault) {
      log(who, fault);
      return null;
    }
  }

  /** Notes a fault that was survived. A logger is foreign too. */
  public static void log(String who, Throwable fault) {
    try {
      StackTraceElement[] frames = fault.getStackTrace();
      LOG.warn(
          "{} threw {}{}, which the call survives",
          who,
          fault.getClass().getName(),
          frames.length == 0 ? "" : " at " + frames[0]);
    } catch (Throwable loggers) {
      // There is nobody left to tell.
    }
  }

  /** Throws what needs no declaration: frameworks and users throw what they like. */
  @SuppressWarnings("unchecked")
  public static <E extends Throwable> RuntimeException sneaky(Throwable error) throws E {
    throw (E) error;
  }
}
