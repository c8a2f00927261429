package io.github.resilientchat.core;

import io.github.resilientchat.core.gate.Entry;
import io.github.resilientchat.core.gate.Gate;
import io.github.resilientchat.core.gate.Outcome;
import io.github.resilientchat.core.gate.Permit;
import io.github.resilientchat.core.gate.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Picks the target of an attempt: tier by tier, in the strategy's order, the first that lets in.
 */
final class Choice {

  private final RouteRouter router;
  private final ModelCall call;

  Choice(RouteRouter router, ModelCall call) {
    this.router = router;
    this.call = call;
  }

  /**
   * A round of choosing.
   *
   * @param attempt at the target that let in, or null when none did
   * @param skipped targets that refused before it
   * @param earliest when the first of them may let in; null when nobody knows
   */
  record Made(
      @Nullable Attempt attempt, List<SkippedTarget> skipped, @Nullable Duration earliest) {}

  Made make(RoutedCall owner, Predicate<Target> candidate) {
    List<SkippedTarget> skipped = new ArrayList<>(2);
    for (int tier = 0; tier < router.orders().size(); tier++) {
      for (Target target : router.orders().get(tier).targetsFor(call)) {
        if (!candidate.test(target)) {
          continue;
        }
        Made made = enter(owner, target, tier);
        skipped.addAll(made.skipped());
        if (made.attempt() != null) {
          return new Made(made.attempt(), skipped, null);
        }
      }
    }
    return new Made(null, skipped, earliest(skipped));
  }

  /** Enters all gates of a target, or none. */
  Made enter(RoutedCall owner, Target target, int tier) {
    List<Permit> permits = new ArrayList<>(router.gates().size());
    for (Gate gate : router.gates()) {
      Entry entry = gate.tryEnter(call, target);
      if (entry instanceof Refusal refusal) {
        permits.forEach(permit -> permit.release(Outcome.NOT_USED));
        return new Made(null, List.of(new SkippedTarget(target, refusal)), refusal.retryAfter());
      }
      permits.add((Permit) entry);
    }
    return new Made(
        new Attempt(owner, target, tier, permits, router.engine().statsOf(target)),
        List.of(),
        null);
  }

  private static @Nullable Duration earliest(List<SkippedTarget> skipped) {
    @Nullable Duration earliest = null;
    for (SkippedTarget skip : skipped) {
      Duration wait = skip.refusal().retryAfter();
      if (wait != null && (earliest == null || wait.compareTo(earliest) < 0)) {
        earliest = wait;
      }
    }
    return earliest;
  }
}
