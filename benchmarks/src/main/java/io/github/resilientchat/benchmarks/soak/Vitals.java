package io.github.resilientchat.benchmarks.soak;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Heap after collection and threads of this JVM, over time; the last sample is taken when all
 * callers have left.
 *
 * <p>Every open stream holds 2 MB: the initial buffer of the SDK's event stream decoder ({@code
 * MessageDecoder}, eventstream 1.0.1), which nothing configures.
 */
final class Vitals {

  private static final long MEBI = 1 << 20;
  private static final double HEAP_SLACK = 1.15;

  /** Bounded pools that fill late: 16 for responses, 10 per core of Reactor. */
  private static final int THREAD_SLACK = 36;

  /** What may stay when nobody calls. */
  private static final long MOST_AT_REST = 64;

  private record Sample(long usedMebi, int threads) {}

  private final List<Sample> samples = new ArrayList<>();

  String sample() {
    System.gc();
    long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBI;
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    samples.add(new Sample(used, threads));
    return "heap after GC %d MB, %d threads".formatted(used, threads);
  }

  boolean flat() {
    return heap(last()) <= heap(middle()) * HEAP_SLACK + 1
        && threads(last()) <= threads(middle()) + THREAD_SLACK
        && atRest() <= MOST_AT_REST;
  }

  @Override
  public String toString() {
    return "heap after GC: second third %.1f MB, last third %.1f MB, at rest %d MB; threads: %.1f, %.1f"
        .formatted(heap(middle()), heap(last()), atRest(), threads(middle()), threads(last()));
  }

  private long atRest() {
    return samples.get(samples.size() - 1).usedMebi();
  }

  private List<Sample> underLoad() {
    return samples.subList(0, Math.max(1, samples.size() - 1));
  }

  /** The first third is left out: callers begin one after the other, and buffers fill with them. */
  private List<Sample> middle() {
    List<Sample> all = underLoad();
    int third = all.size() / 3;
    return all.subList(third, Math.max(third + 1, 2 * third));
  }

  private List<Sample> last() {
    List<Sample> all = underLoad();
    return all.subList(all.size() - Math.max(1, all.size() / 3), all.size());
  }

  private static double heap(List<Sample> some) {
    return some.stream().mapToLong(Sample::usedMebi).average().orElse(0);
  }

  private static double threads(List<Sample> some) {
    return some.stream().mapToInt(Sample::threads).average().orElse(0);
  }
}
