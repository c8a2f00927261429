package io.github.resilientchat.core.fleet;

import java.util.Map;

/** What an instance wants of the limits of targets, and gets. Thread-safe. */
public interface Slices {

  /** What was wanted of each limited target since this was asked last: 1 is all of its limit. */
  Map<String, Double> wanted();

  /**
   * Holds this instance to a slice of a target's limits from now on.
   *
   * @param share more than 0, at most 1
   */
  void slice(String target, double share);
}
