package io.github.resilientchat.console;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who looks at the page: so many at most. Thread-safe. */
final class Viewers {

  static final int MOST = 20;

  /** Who has not asked for so long is gone. */
  private static final long GONE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Map<String, Long> seen = new ConcurrentHashMap<>();

  /** How many look. */
  synchronized int count(long now) {
    seen.values().removeIf(at -> now - at > GONE_NANOS);
    return seen.size();
  }

  /** Whether there is room for this one, who looks now. */
  synchronized boolean admit(String viewer, long now) {
    seen.values().removeIf(at -> now - at > GONE_NANOS);
    if (!seen.containsKey(viewer) && seen.size() >= MOST) {
      return false;
    }
    seen.put(viewer, now);
    return true;
  }
}
