package io.github.resilientchat.core.quota;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * About how much all those weigh together who share one flow: by a mark for each name in as many
 * places as there are, of this minute and the one before. A few kilobytes, however many they are;
 * thread-safe.
 */
final class Crowd {

  private static final int PLACES = 1 << 14;
  private static final int BITS = 5;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private volatile Marks marks = new Marks(Long.MIN_VALUE, 0);

  /** Of one minute. */
  private static final class Marks {
    private final long minute;
    private final double before;
    private final AtomicIntegerArray words = new AtomicIntegerArray(PLACES >> BITS);
    private final LongAdder marked = new LongAdder();
    private final LongAdder weights = new LongAdder();

    /**
     * @param before what those of the minute before weigh
     */
    Marks(long minute, double before) {
      this.minute = minute;
      this.before = before;
    }

    void mark(int place, int weight) {
      int word = place >>> BITS;
      int bit = 1 << place;
      if ((words.get(word) & bit) == 0
          && (words.getAndAccumulate(word, bit, (a, b) -> a | b) & bit) == 0) {
        marked.increment();
        weights.add(weight);
      }
    }

    /** Some share a place: the more are marked, the more so. */
    double weight() {
      long places = marked.sum();
      if (places == 0) {
        return 0;
      }
      double free = Math.max(1, PLACES - places) / (double) PLACES;
      double likely = -PLACES * Math.log(free);
      return weights.sum() * Math.max(1, likely / places);
    }
  }

  /** Somebody of this weight asks. */
  void asks(String name, int weight, long nanos) {
    at(nanos).mark(placeOf(name), weight);
  }

  /** What they weigh; 1 when nobody is known. */
  double weight(long nanos) {
    Marks now = at(nanos);
    return Math.max(1, Math.max(now.before, now.weight()));
  }

  private Marks at(long nanos) {
    long minute = Math.floorDiv(nanos, MINUTE_NANOS);
    Marks known = marks;
    return known.minute >= minute ? known : next(minute);
  }

  private synchronized Marks next(long minute) {
    Marks known = marks;
    if (known.minute < minute) {
      known = new Marks(minute, known.minute == minute - 1 ? known.weight() : 0);
      marks = known;
    }
    return known;
  }

  private static int placeOf(String name) {
    int hash = name.hashCode() * 0x9E3779B9;
    return (hash ^ hash >>> 15) * 0x85EBCA6B >>> Integer.SIZE - 14;
  }
}
