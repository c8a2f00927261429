package io.github.resilientchat.benchmarks.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** All rounds at one concurrency, each of all contenders turn about. */
final class Rounds {

  private final int callers;
  private final List<Round> rounds = new ArrayList<>();

  Rounds(int callers) {
    this.callers = callers;
  }

  /** One round: the bare model is measured before and after the others. */
  record Round(Latencies bare, Latencies again, Latencies ours, Latencies gateway) {

    double bare(ToDoubleFunction<Latencies> figure) {
      return (figure.applyAsDouble(bare) + figure.applyAsDouble(again)) / 2;
    }
  }

  int callers() {
    return callers;
  }

  void add(Round round) {
    rounds.add(round);
  }

  double bare(ToDoubleFunction<Latencies> figure) {
    return median(round -> round.bare(figure));
  }

  /** What two measurements of the same bare model usually differ by. */
  double spread(ToDoubleFunction<Latencies> figure) {
    return median(
        round ->
            Math.abs(figure.applyAsDouble(round.bare()) - figure.applyAsDouble(round.again())));
  }

  double addedByOurs(ToDoubleFunction<Latencies> figure) {
    return median(round -> figure.applyAsDouble(round.ours()) - round.bare(figure));
  }

  double addedByGateway(ToDoubleFunction<Latencies> figure) {
    return median(round -> figure.applyAsDouble(round.gateway()) - round.bare(figure));
  }

  double ours(ToDoubleFunction<Latencies> figure) {
    return median(round -> figure.applyAsDouble(round.ours()));
  }

  double gateway(ToDoubleFunction<Latencies> figure) {
    return median(round -> figure.applyAsDouble(round.gateway()));
  }

  /** How many times the gateway's throughput ours is. */
  double throughputRatio() {
    return median(round -> round.ours().throughput() / round.gateway().throughput());
  }

  private double median(ToDoubleFunction<Round> value) {
    return Latencies.median(rounds.stream().mapToDouble(value).toArray());
  }
}
