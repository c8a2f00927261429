package io.github.resilientchat.redis;

import java.time.Duration;

/**
 * The beats of something that goes on all the time, here or in a server: the longest pause between
 * two of them is how long it, or the machine, stood still.
 */
final class Beats {

  private final long begin = System.nanoTime();
  private long last = begin;
  private long longest;

  void beat() {
    long now = System.nanoTime();
    longest = Math.max(longest, now - last);
    last = now;
  }

  /** From the beginning to the last beat. */
  Duration lasted() {
    return Duration.ofNanos(last - begin);
  }

  Duration longest() {
    return Duration.ofNanos(longest);
  }
}
