package io.github.resilientchat.benchmarks.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The first attempt after a rest, which is alone for a second, or until it is answered. */
final class Probes {

  private static final long ALONE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Map<String, Probe> byDomain = new HashMap<>();

  /**
   * @param surely whether it is one: near its end nobody outside can tell whether a rest is over
   */
  private record Probe(int attempt, long began, boolean surely) {
    boolean isAlone(long now) {
      return surely && now - began < ALONE_NANOS;
    }
  }

  /**
   * An attempt begins.
   *
   * @param unproven the domains whose rests are over, but not yet proved to be
   * @param maybe those whose rests may be
   * @return false when somebody else's probe should be alone
   */
  boolean began(List<String> unproven, List<String> maybe, int attempt, long now) {
    for (String domain : unproven) {
      Probe probe = byDomain.get(domain);
      if (probe != null && probe.isAlone(now)) {
        return false;
      }
    }
    // Where a rest may be in force still, it may have been let in for want of any other target.
    boolean surely = unproven.size() == maybe.size();
    maybe.forEach(domain -> byDomain.putIfAbsent(domain, new Probe(attempt, now, surely)));
    return true;
  }

  /** The attempt has content, or ended. */
  void over(int attempt) {
    byDomain.values().removeIf(probe -> probe.attempt() == attempt);
  }
}
