package io.github.resilientchat.benchmarks.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The first attempt after a rest, which is alone for a second, or until it is answered. */
final class Probes {

  private static final long ALONE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Map<String, List<Probe>> byDomain = new HashMap<>();

  /**
   * @param surely whether it is one: near its end nobody outside can tell whether a rest is over,
   *     and beside others not whose turn it is
   */
  private record Probe(int attempt, long began, boolean surely) {
    boolean isYoung(long now) {
      return now - began < ALONE_NANOS;
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
      if (isAlone(byDomain.getOrDefault(domain, List.of()), now)) {
        return false;
      }
    }
    // Where a rest may be in force still, it may have been let in for want of any other target.
    boolean surely = unproven.size() == maybe.size();
    for (String domain : maybe) {
      List<Probe> underWay = byDomain.computeIfAbsent(domain, unused -> new ArrayList<>());
      underWay.add(new Probe(attempt, now, surely && underWay.isEmpty()));
    }
    return true;
  }

  /** Whether one has just begun, and none that is under way for longer may have had its second. */
  private static boolean isAlone(List<Probe> underWay, long now) {
    return !underWay.isEmpty()
        && underWay.stream().allMatch(probe -> probe.surely() && probe.isYoung(now));
  }

  /** The attempt has content, or ended. */
  void over(int attempt) {
    byDomain.values().forEach(probes -> probes.removeIf(probe -> probe.attempt() == attempt));
  }
}
