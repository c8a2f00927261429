package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a failure may rest, as {@code docs/failures.md} has it, worked out from what the servers
 * answered alone.
 */
final class Blame {

  private static final long REMEMBERED_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long CLAMPED_NANOS = Duration.ofMinutes(15).toNanos();
  private static final Set<FailureKind> FREE =
      Set.of(FailureKind.THROTTLED, FailureKind.QUOTA_EXHAUSTED, FailureKind.UNAUTHENTICATED);
  private static final Set<FailureKind> FOR_BREAKERS =
      Set.of(FailureKind.UNAVAILABLE, FailureKind.TIMED_OUT);

  /** Refusals for want of capacity with no answer since, by the model in its Region. */
  private final Map<String, Refusal> refusals = new HashMap<>();

  /** Used up quotas of a day with no answer since, by account. */
  private final Map<String, UsedUp> usedUp = new HashMap<>();

  private record Refusal(String account, long at) {}

  private record UsedUp(String region, long at) {}

  /** What rests. */
  private record Rest(FailureDomain what, Duration first, boolean firm) {}

  private static final Rest NOTHING = new Rest(FailureDomain.NONE, Duration.ZERO, false);

  /** Whether it uses up one of the call's attempts. */
  static boolean counts(FailureKind kind) {
    return !FREE.contains(kind);
  }

  void answered(Target target) {
    refusals.remove(target.keyIn(FailureDomain.REGION_MODEL));
    usedUp.remove(target.account());
  }

  /**
   * Whether what followed is what the table says.
   *
   * @param times how often the call met this kind at this target, now included
   * @param began when the attempt did
   */
  boolean isRight(
      Consequence then, Target target, FailureKind kind, int times, long began, long now) {
    Rest right = right(target, kind, times, began, now);
    return then.rests() == right.what()
        && then.rest().equals(right.first())
        && then.firm() == right.firm()
        && then.counted() == counts(kind)
        && (kind == FailureKind.DISCONNECTED || then.breaker() == FOR_BREAKERS.contains(kind));
  }

  private Rest right(Target target, FailureKind kind, int times, long began, long now) {
    return switch (kind) {
      case THROTTLED -> new Rest(FailureDomain.QUOTA_KEY, Duration.ofSeconds(2), true);
      case QUOTA_EXHAUSTED ->
          new Rest(
              isClamped(target, now) ? FailureDomain.QUOTA_ACCOUNT : FailureDomain.ACCOUNT_REGION,
              Duration.ofMinutes(15),
              true);
      case UNAUTHENTICATED ->
          times < 2 ? NOTHING : new Rest(FailureDomain.ACCOUNT, Duration.ofSeconds(1), false);
      case NO_CAPACITY ->
          isConfirmed(target, began, now)
              ? new Rest(FailureDomain.REGION_MODEL, Duration.ofSeconds(5), false)
              : new Rest(FailureDomain.TARGET, Duration.ofSeconds(1), false);
      default -> NOTHING;
    };
  }

  /** Refused in another Region before, and answered in none since. */
  private boolean isClamped(Target target, long now) {
    @Nullable UsedUp before = usedUp.put(target.account(), new UsedUp(target.region(), now));
    return before != null
        && !before.region().equals(target.region())
        && now - before.at() <= CLAMPED_NANOS;
  }

  /** Refused before through another account, or by the time that this attempt began. */
  private boolean isConfirmed(Target target, long began, long now) {
    String key = target.keyIn(FailureDomain.REGION_MODEL);
    @Nullable Refusal before = refusals.get(key);
    if (before == null || now - before.at() > REMEMBERED_NANOS) {
      refusals.put(key, new Refusal(target.account(), now));
      return false;
    }
    boolean confirms = !before.account().equals(target.account()) || began > before.at();
    if (confirms) {
      refusals.put(key, new Refusal(target.account(), now));
    }
    return confirms;
  }
}
