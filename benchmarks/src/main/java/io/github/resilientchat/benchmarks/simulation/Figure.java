package io.github.resilientchat.benchmarks.simulation;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a strategy reached in a scenario.
 *
 * @param throttles per 100 calls
 * @param failed percent of the calls, of which nothing was heard
 * @param broken percent of the calls, streams that ended amid their answer
 * @param attempts per call
 * @param p50 seconds to the whole answer, of answered calls
 * @param served percent of the quota that the servers had
 * @param bad percent of the attempts that went to deployments in trouble
 */
record Figure(
    double throttles,
    double failed,
    double broken,
    double attempts,
    double p50,
    double p95,
    double p99,
    double served,
    double bad) {

  static Figure mean(List<Figure> figures) {
    return new Figure(
        mean(figures, Figure::throttles),
        mean(figures, Figure::failed),
        mean(figures, Figure::broken),
        mean(figures, Figure::attempts),
        mean(figures, Figure::p50),
        mean(figures, Figure::p95),
        mean(figures, Figure::p99),
        mean(figures, Figure::served),
        mean(figures, Figure::bad));
  }

  private static double mean(List<Figure> figures, ToDoubleFunction<Figure> value) {
    return figures.stream().mapToDouble(value).average().orElse(Double.NaN);
  }
}
