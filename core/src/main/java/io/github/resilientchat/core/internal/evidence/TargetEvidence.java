package io.github.resilientchat.core.internal.evidence;

import io.github.resilientchat.core.failure.Evidence;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.route.Target;

/** What attempts at one target have proved that decides what a failure means. Thread-safe. */
public final class TargetEvidence {

  private final Target target;
  private final Suspicion denied;
  private final Suspicion withoutCapacity;
  private final Suspicion usedUp;
  private final Losses blocking = new Losses();
  private final Losses streams = new Losses();

  TargetEvidence(Target target, Suspicion denied, Suspicion withoutCapacity, Suspicion usedUp) {
    this.target = target;
    this.denied = denied;
    this.withoutCapacity = withoutCapacity;
    this.usedUp = usedUp;
  }

  /**
   * Notes a failure of an attempt.
   *
   * @param began when the attempt did
   * @return what else is known
   */
  public Evidence seen(Failure failure, boolean streaming, long began, long now) {
    return switch (failure.kind()) {
      case DISCONNECTED ->
          new Evidence((streaming ? streams : blocking).isOneWithLast(began, now), false, 1, false);
      case NO_CAPACITY ->
          new Evidence(
              false, withoutCapacity.confirmedBy(target.quotaAccount(), began, now), 1, false);
      case NOT_PERMITTED ->
          new Evidence(
              false,
              failure.names() == null && denied.confirmedByAnother(target.model(), now),
              1,
              false);
      // A new account that is clamped is refused in every Region (decisions/011).
      case QUOTA_EXHAUSTED ->
          new Evidence(false, usedUp.confirmedByAnother(target.region(), now), 1, false);
      default -> Evidence.NONE;
    };
  }

  /** An answer: the account is neither denied nor clamped, the model not without capacity. */
  public void answered() {
    denied.answered();
    withoutCapacity.answered();
    usedUp.answered();
  }

  /** Lost connections, of which each counts once however many attempts were on it. */
  private static final class Losses {

    private boolean any;
    private long countedAt;

    /** Whether the attempt was under way when a loss was counted; else counts this one. */
    synchronized boolean isOneWithLast(long began, long now) {
      if (any && began - countedAt <= 0) {
        return true;
      }
      any = true;
      countedAt = now;
      return false;
    }
  }
}
