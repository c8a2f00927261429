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

  private static final Refusal TOO_LATE =
      new Refusal("usually takes longer than the time that is left", null);

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
    Made made = round(owner, candidate, router.gates());
    boolean mayProbe =
        made.attempt() == null
            && !made.skipped().isEmpty()
            && made.skipped().stream().allMatch(skip -> skip.refusal().mayProbe());
    if (mayProbe) {
      Made probed = round(owner, candidate, router.probeGates());
      return probed.attempt() == null ? made : new Made(probed.attempt(), made.skipped(), null);
    }
    return made;
  }

  private Made round(RoutedCall owner, Predicate<Target> candidate, List<Gate> gates) {
    List<SkippedTarget> skipped = new ArrayList<>(0);
    for (int tier = 0; tier < router.orders().size(); tier++) {
      for (Target target : router.orders().get(tier).targetsFor(call)) {
        if (!candidate.test(target)) {
          continue;
        }
        List<Permit> permits = new ArrayList<>(gates.size());
        Refusal refusal = enter(owner, target, gates, permits);
        if (refusal == null) {
          return new Made(attempt(owner, target, tier, permits), skipped, null);
        }
        skipped.add(new SkippedTarget(target, refusal));
      }
    }
    return new Made(null, skipped, earliest(skipped));
  }

  /** Tries this target alone. */
  Made only(RoutedCall owner, Target target, int tier) {
    List<Permit> permits = new ArrayList<>(router.gates().size());
    Refusal refusal = enter(owner, target, router.gates(), permits);
    return refusal == null
        ? new Made(attempt(owner, target, tier, permits), List.of(), null)
        : new Made(null, List.of(new SkippedTarget(target, refusal)), refusal.retryAfter());
  }

  private Attempt attempt(RoutedCall owner, Target target, int tier, List<Permit> permits) {
    return new Attempt(owner, target, tier, permits, router.engine().statsOf(target));
  }

  /** Enters all gates of a target, or none: then says which one refused. */
  private @Nullable Refusal enter(
      RoutedCall owner, Target target, List<Gate> gates, List<Permit> permits) {
    if (router.engine().statsOf(target).usualNanos() / 2 > owner.time().remaining()) {
      return TOO_LATE;
    }
    for (Gate gate : gates) {
      Entry entry = gate.tryEnter(call, target);
      if (entry instanceof Refusal refusal) {
        permits.forEach(permit -> permit.release(Outcome.NOT_USED));
        return refusal;
      }
      permits.add((Permit) entry);
    }
    return null;
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
