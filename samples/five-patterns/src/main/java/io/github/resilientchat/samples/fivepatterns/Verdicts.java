package io.github.resilientchat.samples.fivepatterns;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which demos held. A demo that runs twice, streamed too, is one entry and passes only when both
 * runs do.
 */
final class Verdicts {

  /** Five demos on two frameworks. */
  static final int EXPECTED = 10;

  private final Map<String, List<String>> objections = new LinkedHashMap<>();

  /** Records a run; no objection means that it held. */
  void add(String demo, List<String> objectionsOfRun) {
    objections.computeIfAbsent(demo, key -> new ArrayList<>()).addAll(objectionsOfRun);
  }

  /** What is wrong with the demos that failed, a line each. */
  List<String> allObjections() {
    return objections.entrySet().stream()
        .flatMap(demo -> demo.getValue().stream().map(text -> demo.getKey() + ": " + text))
        .toList();
  }

  long passed() {
    return objections.values().stream().filter(List::isEmpty).count();
  }

  boolean allPassed() {
    return passed() == EXPECTED && objections.size() == EXPECTED;
  }

  /** The last line; a demo that never ran counts as failed. */
  String summary() {
    return "five patterns: " + passed() + " passed, " + (EXPECTED - passed()) + " failed";
  }
}
