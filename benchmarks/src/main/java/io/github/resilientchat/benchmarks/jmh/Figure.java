package io.github.resilientchat.benchmarks.jmh;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What a contender costs.
 *
 * @param nanos from one call of a thread to its next
 * @param worked nanoseconds of those in which the thread had a processor
 * @param bytes allocated for a call
 */
record Figure(double nanos, double worked, double bytes) {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  static Figure of(RunResult result) {
    double nanos = result.getPrimaryResult().getScore();
    double share = secondary(result, Processor.WORKED) / secondary(result, Processor.PASSED);
    return new Figure(nanos, nanos * share, secondary(result, ALLOCATED));
  }

  private static double secondary(RunResult result, String name) {
    return result.getSecondaryResults().entrySet().stream()
        .filter(each -> each.getKey().endsWith(name))
        .map(each -> (Result<?>) each.getValue())
        .findFirst()
        .orElseThrow()
        .getScore();
  }

  static Figure median(List<Figure> figures) {
    return new Figure(
        median(figures, Figure::nanos),
        median(figures, Figure::worked),
        median(figures, Figure::bytes));
  }

  private static double median(List<Figure> figures, ToDoubleFunction<Figure> value) {
    double[] sorted = figures.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
