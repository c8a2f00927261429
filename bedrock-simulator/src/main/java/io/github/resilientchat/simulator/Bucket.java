package io.github.resilientchat.simulator;

import java.time.Duration;
import java.time.Instant;

/** A budget that starts full. Not thread-safe: {@link Quotas} guards it. */
interface Bucket {

  /** What is left now; below zero while more was used than reserved. */
  double remaining(Instant now);

  void take(double amount, Instant now);

  /** Gives back, or for a negative amount takes afterwards; never above the limit. */
  void give(double amount, Instant now);

  static Bucket perMinute(long limit, Instant now) {
    return new RefillingBucket(limit, now);
  }

  static Bucket perDay(long limit, Instant now) {
    return new DailyBucket(limit, now);
  }

  /** Refills steadily, a whole minute for the whole limit; Bedrock documents no algorithm. */
  final class RefillingBucket implements Bucket {
    private static final double SECONDS = 60;

    private final long limit;
    private double level;
    private Instant filled;

    private RefillingBucket(long limit, Instant now) {
      this.limit = limit;
      this.level = limit;
      this.filled = now;
    }

    @Override
    public double remaining(Instant now) {
      if (now.isAfter(filled)) {
        double seconds = Duration.between(filled, now).toNanos() / 1e9;
        level = Math.min(limit, level + limit / SECONDS * seconds);
        filled = now;
      }
      return level;
    }

    @Override
    public void take(double amount, Instant now) {
      level = remaining(now) - amount;
    }

    @Override
    public void give(double amount, Instant now) {
      level = Math.min(limit, remaining(now) + amount);
    }
  }

  /** Full again at midnight UTC; Bedrock documents no reset time. */
  final class DailyBucket implements Bucket {
    private static final long SECONDS = 86_400;

    private final long limit;
    private double level;
    private long day;

    private DailyBucket(long limit, Instant now) {
      this.limit = limit;
      this.level = limit;
      this.day = dayOf(now);
    }

    @Override
    public double remaining(Instant now) {
      if (dayOf(now) > day) {
        day = dayOf(now);
        level = limit;
      }
      return level;
    }

    @Override
    public void take(double amount, Instant now) {
      level = remaining(now) - amount;
    }

    @Override
    public void give(double amount, Instant now) {
      level = Math.min(limit, remaining(now) + amount);
    }

    private static long dayOf(Instant now) {
      return Math.floorDiv(now.getEpochSecond(), SECONDS);
    }
  }
}
