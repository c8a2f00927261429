package io.github.resilientchat.streaming;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.blockhound.BlockHound;
import reactor.core.scheduler.NonBlocking;

/** Notes every blocking call on a thread of the SDK's event loops or of Reactor's own. */
final class Blocked {

  private static final String EVENT_LOOP = "aws-java-sdk-NettyEventLoop";
  private static final List<String> SEEN = new CopyOnWriteArrayList<>();
  private static final Set<Thread> LEFT_OUT = ConcurrentHashMap.newKeySet();

  static {
    BlockHound.builder()
        .loadIntegrations()
        // LangChain4j names each answer with a random UUID: /dev/urandom, which never waits.
        .allowBlockingCallsInside("java.security.SecureRandom", "nextBytes")
        .nonBlockingThreadPredicate(ignored -> Blocked::mustNotBlock)
        .blockingMethodCallback(
            method -> {
              Thread thread = Thread.currentThread();
              SEEN.add(thread.getName() + ": " + method + stackOf(thread));
            })
        .install();
  }

  private Blocked() {}

  /** Installs the agent. */
  static void watch() {
    SEEN.clear();
  }

  /** The same, but for event loops that there are: those of clients that a test has closed. */
  static void watchFromNowOn() {
    Thread.getAllStackTraces().keySet().stream()
        .filter(Blocked::isEventLoop)
        .forEach(LEFT_OUT::add);
    watch();
  }

  static List<String> seen() {
    return List.copyOf(SEEN);
  }

  private static boolean mustNotBlock(Thread thread) {
    return thread instanceof NonBlocking || isEventLoop(thread) && !LEFT_OUT.contains(thread);
  }

  private static boolean isEventLoop(Thread thread) {
    return thread.getName().startsWith(EVENT_LOOP);
  }

  private static String stackOf(Thread thread) {
    StringBuilder stack = new StringBuilder();
    for (StackTraceElement frame : thread.getStackTrace()) {
      stack.append("\n    at ").append(frame);
    }
    return stack.toString();
  }
}
