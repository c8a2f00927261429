package io.github.resilientchat.benchmarks.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the adaptive strategy and fair shares must reach; each promise is kept or missed by a
 * figure.
 */
final class Promises {

  private static final double MOST_THROTTLES = 0.5;
  private static final double MOST_THROTTLES_OF_RIVALS = 1;
  private static final double LEAST_SERVED_IN_OVERLOAD = 98;
  private static final double LEAST_SERVED_BY_FLEET = 95;
  private static final double MOST_ATTEMPTS = 1.02;
  private static final double LEAST_OF_FAIR_SHARE = 95;
  private static final double LEAST_SERVED_IN_SHARES = 95;

  /** What minds quotas first cannot spread load as one does that minds nothing else. */
  private static final double OVER_PEAK_EWMA = 1.2;

  private static final double LEAST_SHARE_OF_RECOVERED = 30;
  private static final double MOST_FAILED_AFTER_ALL_WERE_OUT = 1;

  private final Table table;
  private final Tenants.Result tenants;
  private final List<String> verdicts = new ArrayList<>();
  private final List<String> missed = new ArrayList<>();

  private Promises(Table table, Tenants.Result tenants) {
    this.table = table;
    this.tenants = tenants;
  }

  /** One line for each promise, and those that were missed. */
  record Verdict(List<String> lines, List<String> missed) {}

  static Verdict judge(Table table, Tenants.Result tenants) {
    Promises promises = new Promises(table, tenants);
    promises.judgeAll();
    return new Verdict(promises.verdicts, promises.missed);
  }

  private void judgeAll() {
    Figure steady = adaptive(Scenario.STEADY);
    atMost("throttles per 100 calls at 84 %", steady.throttles(), MOST_THROTTLES);
    atMost("p95 at 84 % against the best row", steady.p95(), bestRival());
    atLeast(
        "percent of the quota served at 120 %",
        adaptive(Scenario.OVERLOAD).served(), LEAST_SERVED_IN_OVERLOAD);
    Figure dead = adaptive(Scenario.DEAD);
    atMost("attempts per call with one dead target", dead.attempts(), MOST_ATTEMPTS);
    atMost("percent failed with one dead target", dead.failed(), 0);
    atMost(
        "p99 with one slow target against peak-EWMA",
        adaptive(Scenario.SLOW).p99(),
        table.figure(Scenario.SLOW, Contender.PEAK_EWMA_NAME).p99());
    atLeast(
        "percent of the quota served by 20 nodes at 120 %",
        adaptive(Scenario.FLEET).served(), LEAST_SERVED_BY_FLEET);
    judgeWhatHappensOnTheWay();
    judgeShares();
  }

  private void judgeShares() {
    atLeast(
        "percent of her fair share for each quiet tenant beside a noisy one at 150 %",
        tenants.worstQuiet(), LEAST_OF_FAIR_SHARE);
    atLeast("percent of the quota served meanwhile", tenants.served(), LEAST_SERVED_IN_SHARES);
    atLeast("the same while the noisy one is alone", tenants.lent(), LEAST_SERVED_IN_SHARES);
  }

  private void judgeWhatHappensOnTheWay() {
    atMost(
        "p95 of crowded servers against a fifth over peak-EWMA",
        adaptive(Scenario.CROWDED).p95(),
        OVER_PEAK_EWMA * table.figure(Scenario.CROWDED, Contender.PEAK_EWMA_NAME).p95());
    atMost(
        "percent failed before content with connections lost", adaptive(Scenario.LOST).failed(), 0);
    atMost(
        "p99 with one hanging target against peak-EWMA",
        adaptive(Scenario.HUNG).p99(),
        table.figure(Scenario.HUNG, Contender.PEAK_EWMA_NAME).p99());
    atMost("percent failed with credential hiccups", adaptive(Scenario.HICCUPS).failed(), 0);
    atMost(
        "percent failed after all were out",
        adaptive(Scenario.ALL_OUT).failed(),
        MOST_FAILED_AFTER_ALL_WERE_OUT);
    atMost(
        "the same, with half of them over a quota",
        adaptive(Scenario.ALL_OUT_AND_OVER_QUOTA).failed(),
        MOST_FAILED_AFTER_ALL_WERE_OUT);
    Figure back = adaptive(Scenario.LONG);
    atMost("percent failed while two are probed by long answers", back.failed(), 0);
    atLeast(
        "percent of the attempts at the two, which have 37 % of the quota",
        back.bad(), LEAST_SHARE_OF_RECOVERED);
  }

  /** Whether a promise looks at what a contender reached in a scenario. */
  static boolean lookAt(Scenario scenario, Contender contender) {
    return scenario == Scenario.STEADY
        || contender.name().equals(Contender.ADAPTIVE_NAME)
        || contender.name().equals(Contender.PEAK_EWMA_NAME)
            && (scenario == Scenario.SLOW
                || scenario == Scenario.CROWDED
                || scenario == Scenario.HUNG);
  }

  private Figure adaptive(Scenario scenario) {
    return table.figure(scenario, Contender.ADAPTIVE_NAME);
  }

  /** The lowest p95 of all other rows that hardly throttle. */
  private double bestRival() {
    return Contender.ALL.stream()
        .filter(contender -> !contender.name().equals(Contender.ADAPTIVE_NAME))
        .map(contender -> table.figure(Scenario.STEADY, contender.name()))
        .filter(figure -> figure.throttles() <= MOST_THROTTLES_OF_RIVALS)
        .mapToDouble(Figure::p95)
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private void atMost(String what, double reached, double most) {
    note(what, reached, "at most", most, reached <= most);
  }

  private void atLeast(String what, double reached, double least) {
    note(what, reached, "at least", least, reached >= least);
  }

  private void note(String what, double reached, String bound, double limit, boolean kept) {
    String line =
        String.format(
            Locale.ROOT,
            "%-6s %s: %.3f (%s %.3f)",
            kept ? "kept" : "MISSED",
            what,
            reached,
            bound,
            limit);
    verdicts.add(line);
    if (!kept) {
      missed.add(line);
    }
  }
}
