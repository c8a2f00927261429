package io.github.resilientchat.core.internal.evidence;

import io.github.resilientchat.core.internal.time.Nanos;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one refusal makes likely about others, until somebody is answered or it is long ago.
 * Thread-safe.
 */
final class Suspicion {

  private final long lasts;
  private volatile @Nullable Refused last;

  private record Refused(String who, long at) {}

  Suspicion(Duration lasts) {
    this.lasts = Nanos.of(lasts);
  }

  /** Who was refused before, with no answer since, and when; null for nobody. */
  private @Nullable Refused before(long now) {
    Refused known = last;
    return known != null && now - known.at() <= lasts ? known : null;
  }

  /** Notes a refusal; whether somebody else was refused before. */
  synchronized boolean confirmedByAnother(String who, long now) {
    Refused before = before(now);
    last = new Refused(who, now);
    return before != null && !before.who().equals(who);
  }

  /**
   * Notes a refusal; whether it confirms one before: somebody else's, or one that had come before
   * this attempt began.
   */
  synchronized boolean confirmedBy(String who, long began, long now) {
    Refused before = before(now);
    boolean sameEvent = before != null && before.who().equals(who) && began - before.at() <= 0;
    last = sameEvent ? before : new Refused(who, now);
    return before != null && !sameEvent;
  }

  /** Somebody was answered. */
  void answered() {
    if (last != null) {
      last = null;
    }
  }
}
