package io.github.resilientchat.core.internal.choice;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether calls keep away from a target, for whoever reads the log: told once when it is left and
 * once when it is back, and no more than one such pair a minute. Thread-safe; an answer of a target
 * that was not left is one look.
 */
public final class Presence {

  private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

  private volatile boolean left;
  private boolean said;
  private boolean everSaid;
  private long saidAt;
  private long leftAt;
  private int times;

  /** It failed, and is kept from calls; whether to say so. */
  public synchronized boolean leaves(long now) {
    if (!left) {
      left = true;
      leftAt = now;
      times++;
      said = false;
    }
    if (said || everSaid && now - saidAt < QUIET_NANOS) {
      return false;
    }
    said = true;
    everSaid = true;
    saidAt = now;
    return true;
  }

  /**
   * It answered.
   *
   * @return what to say; null for nothing
   */
  public @Nullable Back answers(long now) {
    return left ? back(now) : null;
  }

  private synchronized @Nullable Back back(long now) {
    if (!left) {
      return null;
    }
    left = false;
    if (!said) {
      return null;
    }
    Back back = new Back(Duration.ofNanos(now - leftAt), times);
    times = 0;
    return back;
  }

  /**
   * A target is back.
   *
   * @param after since it was left last
   * @param times how often it was left since this was told last
   */
  public record Back(Duration after, int times) {}
}
