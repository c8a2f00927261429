package io.github.resilientchat.core.internal.choice;

import java.time.Duration;

/**
 * How a target fares in one way of calling it: what breaks streams may let blocking calls through,
 * and the reverse. Thread-safe.
 */
final class Health {

  private static final double TAU_NANOS = Duration.ofSeconds(30).toNanos();
  private static final double RAMP_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long HURT_NANOS = Duration.ofSeconds(10).toNanos();

  /** So long nobody asks what was hurt before somebody has to, or nothing would ever find out. */
  private static final long UNASKED_NANOS = Duration.ofSeconds(7).toNanos();

  private static final double LEAST_RAMP = 0.1;

  /** A share of failures that matters to no one. */
  private static final double LITTLE = 0.05;

  /** A target that fails more often is out, and somebody should find out when it is back. */
  private static final double MOSTLY = 0.5;

  private final Ewma failures = new Ewma(TAU_NANOS);
  private volatile boolean joined;
  private volatile boolean down;
  private volatile boolean hurt;
  private volatile long hurtAt;
  private volatile long askedAt;
  private volatile boolean ramping;
  private volatile long recoveredAt;

  /** A client that knows about exchanges ran one; all threads read this, so it is written once. */
  void joined() {
    if (!joined) {
      joined = true;
    }
  }

  boolean isJoined() {
    return joined;
  }

  /** An answer to an attempt; one that began before the last failure proves nothing after it. */
  void answered(long begunAt, long now) {
    failures.observe(0, now);
    if (hurt && begunAt - hurtAt < 0) {
      return;
    }
    if (hurt) {
      hurt = false;
    }
    if (down) {
      down = false;
      recoveredAt = now;
      ramping = true;
    }
  }

  /** An attempt failed by the target's own fault. */
  void failed(long now) {
    failures.observe(1, now);
    down |= failures.value() > MOSTLY;
    hurtAt = now;
    askedAt = now;
    hurt = true;
  }

  /** Whether its last word was an answer, or it said nothing for a while. */
  boolean isWell(long now) {
    return !hurt || now - hurtAt > HURT_NANOS;
  }

  /** An attempt begins. */
  void asked(long now) {
    if (hurt || failures.value() > LITTLE) {
      askedAt = now;
    }
  }

  /**
   * Whether failures keep calls away, and it was not asked for long enough to have recovered;
   * longer where others still wait for it, who may find out.
   *
   * @param waiting attempts under way
   */
  boolean isUnasked(int waiting, long now) {
    return !isSound(now)
        && now - hurtAt > UNASKED_NANOS
        && now - askedAt > UNASKED_NANOS * (1 + waiting);
  }

  /** Whether its last word was an answer, and few attempts failed of late. */
  boolean isSound(long now) {
    return !hurt && failures(now) <= LITTLE;
  }

  /** Whether most attempts fail. */
  boolean isDown() {
    return down;
  }

  /** Recent share of failures, from 0 to 1. */
  double failures(long now) {
    double share = failures.value();
    return share > 0 ? share * Math.exp(-failures.silence(now) / TAU_NANOS) : 0;
  }

  /** Share of the usual load, below 1 for a while after it came back. */
  double rampUp(long now) {
    if (!ramping) {
      return 1;
    }
    double share = (now - recoveredAt) / RAMP_NANOS;
    ramping = share < 1;
    return ramping ? Math.max(LEAST_RAMP, share) : 1;
  }
}
