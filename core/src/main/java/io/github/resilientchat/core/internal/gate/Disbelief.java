package io.github.resilientchat.core.internal.gate;

import java.time.Duration;

/**
 * What other instances say of a domain, and this one knows better: its own probe was answered, or
 * somebody ended that rest here and it is told once more. Guarded by its cool-down.
 */
final class Disbelief {

  private static final long PROVEN_NANOS = Duration.ofMinutes(1).toNanos();

  /** The same rest, told again, ends about then. */
  private static final long SAME_NANOS = Duration.ofSeconds(1).toNanos();

  private boolean proven;
  private boolean ended;
  private long provenAt;
  private long endedUntil;

  /** An own probe was answered while others said that the domain rests. */
  void proven(long now) {
    proven = true;
    provenAt = now;
  }

  /**
   * Somebody ended a rest.
   *
   * @param until when it would have been over
   */
  void ended(long until) {
    ended = true;
    endedUntil = until;
  }

  /** Whether a rest that others say ends then is news. */
  boolean believes(long until, long now) {
    boolean knowsBetter = proven && now - provenAt < PROVEN_NANOS;
    return !knowsBetter && !(ended && until - endedUntil <= SAME_NANOS);
  }
}
