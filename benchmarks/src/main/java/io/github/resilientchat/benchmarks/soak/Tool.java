package io.github.resilientchat.benchmarks.soak;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A tool that holds the thread it runs on, as those that ask a slow service do. */
final class Tool {

  static final String NAME = "look_up";
  static final Duration LENGTH = Duration.ofSeconds(2);

  private Tool() {}

  static String run() {
    try {
      new CountDownLatch(1).await(LENGTH.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
    }
    return "found";
  }
}
