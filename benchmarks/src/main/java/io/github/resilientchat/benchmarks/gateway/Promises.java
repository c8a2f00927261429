package io.github.resilientchat.benchmarks.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What routing in the process must cost beside a gateway, at few callers. */
final class Promises {

  private static final int MOST_CALLERS = 4;
  private static final double SHARE_OF_GATEWAY = 1.0 / 20;
  private static final double LEAST_THROUGHPUT = 3;

  private final List<String> verdicts = new ArrayList<>();
  private boolean kept = true;

  private Promises() {}

  /** One line for each promise, and whether all were kept. */
  record Verdict(List<String> lines, boolean kept) {}

  static Verdict judge(List<Rounds> all) {
    Promises promises = new Promises();
    all.stream().filter(rounds -> rounds.callers() <= MOST_CALLERS).forEach(promises::judge);
    return new Verdict(promises.verdicts, promises.kept);
  }

  private void judge(Rounds rounds) {
    double added = rounds.addedByOurs(Latencies::p50);
    double share = rounds.addedByGateway(Latencies::p50) * SHARE_OF_GATEWAY;
    double spread = rounds.spread(Latencies::p50);
    note(
        added <= Math.max(share, spread),
        "%d callers, added at p50: %.0f us (at most 1/20 of the gateway's, %.0f us, or the spread"
            + " of bare against bare, %.0f us)",
        rounds.callers(),
        added,
        share,
        spread);
    double ratio = rounds.throughputRatio();
    note(
        ratio >= LEAST_THROUGHPUT,
        "%d callers, throughput: %.2f of the gateway's (at least %.0f)",
        rounds.callers(),
        ratio,
        LEAST_THROUGHPUT);
  }

  private void note(boolean isKept, String what, Object... figures) {
    verdicts.add((isKept ? "kept   " : "MISSED ") + String.format(Locale.ROOT, what, figures));
    kept &= isKept;
  }
}
