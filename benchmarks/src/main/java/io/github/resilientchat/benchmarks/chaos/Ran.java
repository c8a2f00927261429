package io.github.resilientchat.benchmarks.chaos;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a row's run.
 *
 * @param doubts why it proves little; empty when it is sound
 */
record Ran(Map<RowRun.Key, Outcome> outcomes, List<String> doubts) {

  boolean isSound() {
    return doubts.isEmpty();
  }

  /** Of a row's runs those that prove something, and all of them only if none does. */
  static Map<RowRun.Key, Outcome> pooled(List<Ran> runs) {
    List<Ran> sound = runs.stream().filter(Ran::isSound).toList();
    Map<RowRun.Key, Outcome> all = new LinkedHashMap<>();
    (sound.isEmpty() ? runs : sound)
        .forEach(run -> run.outcomes().forEach((key, each) -> all.merge(key, each, Outcome::and)));
    return all;
  }
}
