package io.github.resilientchat.benchmarks.soak;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What lives in the heap of this JVM, and its threads, over time; the last sample is taken when all
 * callers have left.
 *
 * <p>Every open stream holds 2 MiB that nothing configures: the initial buffer of the SDK's event
 * stream decoder ({@code MessageDecoder}, eventstream 1.0.1; aws-sdk-java-v2 issue 814, closed as
 * not planned). The decoders are counted and their buffers left out: the limit is for all the rest.
 */
final class Vitals {

  /** Megabytes of heap for each stream: its decoder, and as much again for dead ones. */
  static final int ROOM_FOR_DECODER = 4;

  private static final long MEBI = 1 << 20;
  private static final int DECODER_MEBI = 2;
  private static final double SLACK = 1.15;

  /** The clients' pool for responses, which fills when many streams end at once. */
  private static final int THREAD_SLACK = 16;

  private static final Pattern DECODERS =
      Pattern.compile("\\s(\\d+)\\s+\\d+\\s+software\\.amazon\\.eventstream\\.MessageDecoder\\s");
  private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

  private record Sample(long heap, long decoders, long direct, long threads) {

    @Override
    public String toString() {
      return "heap %d MB and %d decoders, direct buffers %d MB, %d threads"
          .formatted(heap, decoders, direct, threads);
    }
  }

  private final List<Sample> samples = new ArrayList<>();
  private final int limit;

  Vitals(int limitMebi) {
    this.limit = limitMebi;
  }

  String sample() {
    String histogram = liveObjects();
    long decoders = number(DECODERS, histogram);
    long heap = number(TOTAL, histogram) / MEBI - decoders * DECODER_MEBI;
    Sample sample = new Sample(heap, decoders, directMebi(), threads());
    samples.add(sample);
    return sample.toString();
  }

  boolean flat() {
    return samples.stream().allMatch(sample -> sample.heap() <= limit)
        && mean(last(), Sample::heap) <= mean(middle(), Sample::heap) * SLACK + 1
        && mean(last(), Sample::direct) <= mean(middle(), Sample::direct) * SLACK + 1
        && fewestThreads(last()) <= fewestThreads(middle()) + THREAD_SLACK;
  }

  @Override
  public String toString() {
    return "beside the decoders, second third: %s; last third: %s; at most %d MB; at rest: %s"
        .formatted(
            line(middle()),
            line(last()),
            samples.stream().mapToLong(Sample::heap).max().orElse(0),
            samples.get(samples.size() - 1));
  }

  /** A histogram of what a full collection leaves. */
  private static String liveObjects() {
    try {
      return (String)
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
    } catch (JMException unknown) {
      throw new IllegalStateException("this JVM has no gcClassHistogram", unknown);
    }
  }

  private static long number(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }

  private static long directMebi() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum()
        / MEBI;
  }

  private static long threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private List<Sample> underLoad() {
    return samples.subList(0, Math.max(1, samples.size() - 1));
  }

  /** The first third is left out: callers begin one after the other, and pools fill with them. */
  private List<Sample> middle() {
    List<Sample> all = underLoad();
    int third = all.size() / 3;
    return all.subList(third, Math.max(third + 1, 2 * third));
  }

  private List<Sample> last() {
    List<Sample> all = underLoad();
    return all.subList(all.size() - Math.max(1, all.size() / 3), all.size());
  }

  private static String line(List<Sample> some) {
    return "%.1f MB, %.1f MB direct, at least %d threads"
        .formatted(mean(some, Sample::heap), mean(some, Sample::direct), fewestThreads(some));
  }

  /** A leak raises the least of a third, too; what bounded pools add for a moment does not. */
  private static long fewestThreads(List<Sample> some) {
    return some.stream().mapToLong(Sample::threads).min().orElse(0);
  }

  private static double mean(List<Sample> some, ToLongFunction<Sample> what) {
    return some.stream().mapToLong(what).average().orElse(0);
  }
}
