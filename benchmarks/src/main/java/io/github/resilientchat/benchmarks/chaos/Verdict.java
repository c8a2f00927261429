package io.github.resilientchat.benchmarks.chaos;

import java.util.ArrayList;
import java.util.List;

/**
 * What a decorated model owes on a fault.
 *
 * @param points how far it may stay below the plain model when there is no other target
 * @param percent how much is answered when another target is well
 * @param calls so many missing answers are no evidence yet
 */
record Verdict(double points, double percent, int calls) {

  static final Verdict POOLED = new Verdict(2, 99, 0);

  /** Of a single run one call is more than its share. */
  static final Verdict OF_ONE_RUN = new Verdict(2, 99, 1);

  /** What was not kept; empty when all was. */
  List<String> on(Row row, Contender contender, Outcome decorated, Outcome plain) {
    List<String> missed = new ArrayList<>();
    double owed = contender == Contender.ONE_TARGET ? plain.percent() - points : percent;
    double forgiven = 100.0 * calls / Math.max(1, decorated.calls());
    if (decorated.percent() + forgiven < owed) {
      missed.add("answered %.1f < %.1f".formatted(decorated.percent(), owed));
    }
    if (!row.configuration() && decorated.back() > Timing.RETURN.toNanos()) {
      missed.add("back " + Report.seconds(decorated.back()));
    }
    if (!decorated.left().isNothing()) {
      missed.add("left " + decorated.left());
    }
    if (decorated.broken() > 0) {
      missed.add(decorated.broken() + " cut, wrong or ended twice");
    }
    return missed;
  }
}
