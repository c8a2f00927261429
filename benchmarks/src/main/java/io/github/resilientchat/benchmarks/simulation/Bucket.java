package io.github.resilientchat.benchmarks.simulation;

/** A server's token bucket: full at the start, refilled continuously over a minute. */
final class Bucket {

  private static final double MINUTE_NANOS = 60e9;

  private final double nominal;
  private double capacity;
  private double level;
  private long seenAt;

  Bucket(double capacity, long now) {
    this.nominal = capacity;
    this.capacity = capacity;
    this.level = capacity;
    this.seenAt = now;
  }

  /** More than it ever holds fits when it is full, as Bedrock admits a request of any size. */
  boolean fits(double units, long now) {
    refill(now);
    return level >= Math.min(units, capacity) - 1e-9;
  }

  /** Takes units, or with a negative number puts them back; may leave a debt. */
  void take(double units, long now) {
    refill(now);
    level = Math.min(capacity, level - units);
  }

  /** Changes the quota to a share of the nominal one. */
  void scale(double share, long now) {
    refill(now);
    capacity = nominal * share;
    level = Math.min(level, capacity);
  }

  private void refill(long now) {
    level = Math.min(capacity, level + (now - seenAt) * capacity / MINUTE_NANOS);
    seenAt = now;
  }
}
