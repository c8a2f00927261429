package io.github.resilientchat.benchmarks.chaos;

import java.util.List;

/**
 * A fault.
 *
 * @param broken the targets that misbehave, and how; with more than one there are three targets
 * @param millis between two calls of a caller
 * @param burst calls that wait for their first word when the fault begins
 * @param configuration whether its errors name configuration or permission, which time does not
 *     heal
 * @param process what becomes of a process of simulators, which all of a run share
 * @param overAtOnce whether nothing is broken any more a moment after the fault began
 * @param alone whether it leaves no machine for others
 */
record Row(
    String name,
    List<Breakage> broken,
    long millis,
    int burst,
    boolean configuration,
    Process process,
    boolean overAtOnce,
    boolean alone) {

  /** What becomes of the simulators' process. */
  enum Process {
    NONE,
    HALTED,
    KILLED
  }

  private static final long MILLIS = 220;

  static Row of(String name, Breakage... broken) {
    return new Row(name, List.of(broken), MILLIS, 0, false, Process.NONE, false, false);
  }

  static Row ofProcess(String name, Process process) {
    return new Row(
        name, List.of(site -> site.process().get()), MILLIS, 0, false, process, false, false);
  }

  Row underBurst(int calls) {
    return new Row(name, broken, millis, calls, configuration, process, overAtOnce, alone);
  }

  Row whichIsOverAtOnce() {
    return new Row(name, broken, millis, burst, configuration, process, true, alone);
  }

  Row namingConfiguration() {
    return new Row(name, broken, millis, burst, true, process, overAtOnce, alone);
  }

  Row every(long interval) {
    return new Row(name, broken, interval, burst, configuration, process, overAtOnce, alone);
  }

  Row runningAlone() {
    return new Row(name, broken, millis, burst, configuration, process, overAtOnce, true);
  }

  boolean fits(Contender contender) {
    return broken.size() == 1 || contender != Contender.ONE_TARGET;
  }
}
