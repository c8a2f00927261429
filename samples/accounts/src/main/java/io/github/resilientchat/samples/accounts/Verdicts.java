package io.github.resilientchat.samples.accounts;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** What held and what did not. */
final class Verdicts {

  private final PrintStream out;
  private final Map<String, Boolean> verdicts = new LinkedHashMap<>();

  Verdicts(PrintStream out) {
    this.out = out;
  }

  /**
   * Records and prints one.
   *
   * @param evidence what was seen
   */
  void add(String claim, boolean held, String evidence) {
    verdicts.put(claim, held);
    out.printf("%s  %s%n        %s%n", held ? "passed" : "FAILED", claim, evidence);
  }

  boolean allPassed() {
    return verdicts.size() == AccountsDemo.CLAIMS && failed() == 0;
  }

  private long failed() {
    return verdicts.values().stream().filter(held -> !held).count();
  }

  /** The last line; a claim that was never tried counts as failed. */
  String summary() {
    long passed = verdicts.size() - failed();
    return "accounts: " + passed + " passed, " + (AccountsDemo.CLAIMS - passed) + " failed";
  }
}
