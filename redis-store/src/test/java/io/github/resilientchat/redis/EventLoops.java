package io.github.resilientchat.redis;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import reactor.blockhound.BlockHound;

/** Notes every blocking call on a thread of Lettuce's event loops, while it watches. */
final class EventLoops {

  private static final List<String> SEEN = new CopyOnWriteArrayList<>();
  private static volatile boolean watching;

  static {
    BlockHound.builder()
        // A timer's queue guards itself with a lock, which is held for a moment, and which nobody
        // can do without; Reactor's own integration lets it pass as well.
        .allowBlockingCallsInside(
            ScheduledThreadPoolExecutor.class.getName() + "$DelayedWorkQueue", "offer")
        // Asked once of each thread, which may be before anybody watches.
        .nonBlockingThreadPredicate(ignored -> thread -> isOne(thread.getName()))
        .blockingMethodCallback(
            method -> {
              if (watching) {
                Thread thread = Thread.currentThread();
                SEEN.add(thread.getName() + ": " + method + stackOf(thread));
              }
            })
        .install();
  }

  private EventLoops() {}

  /** From now on. */
  static void watch() {
    SEEN.clear();
    watching = true;
  }

  static boolean hasSeen() {
    return !SEEN.isEmpty();
  }

  /** Until now; it watches no longer. */
  static List<String> seen() {
    watching = false;
    return List.copyOf(SEEN);
  }

  static boolean isOne(String thread) {
    return thread.startsWith("lettuce-") && thread.contains("EventLoop");
  }

  private static String stackOf(Thread thread) {
    StringBuilder stack = new StringBuilder();
    for (StackTraceElement frame : thread.getStackTrace()) {
      stack.append("\n    at ").append(frame);
    }
    return stack.toString();
  }
}
