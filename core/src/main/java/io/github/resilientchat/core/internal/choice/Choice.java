package io.github.resilientchat.core.internal.choice;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.internal.gate.Held;
import io.github.resilientchat.core.internal.gate.Refusal;
import io.github.resilientchat.core.internal.time.Nanos;
import io.github.resilientchat.core.report.SkippedTarget;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Picks the target of an attempt: tier by tier, in the strategy's order, the first that lets in. To
 * be asked under no lock: strategies and breakers are foreign code, and may be slow. Thread-safe;
 * belongs to a route.
 */
public final class Choice {

  private static final Refusal TOO_LATE =
      new Refusal("usually takes longer than the time that is left", null, Refusal.Reason.WORD);
  private static final int MOST_SKIPPED = 64;

  private final List<BoundTier> tiers;

  public Choice(List<BoundTier> tiers) {
    this.tiers = List.copyOf(tiers);
  }

  /**
   * Any of the candidates.
   *
   * @param remaining nanoseconds that the call has left: a target that usually takes twice as long
   *     is asked only when no other one lets in
   * @param wellOnly whether only targets will do that are well: there is no budget for others
   */
  public Chosen any(
      ModelCall call, Candidates candidates, long remaining, boolean wellOnly, long now) {
    Round round = new Round(call, candidates, remaining, now);
    round.wellOnly = wellOnly;
    Chosen chosen = round.overAll();
    if (chosen.target() == null && round.mayProbe() && !wellOnly) {
      Round urgent = new Round(call, candidates, remaining, now);
      urgent.urgent = true;
      Chosen probed = urgent.overAll();
      chosen =
          probed.target() == null
              ? chosen
              : new Chosen(probed.target(), probed.held(), chosen.skipped(), -1, false);
    }
    return chosen.target() == null && !candidates.throttled().isEmpty()
        ? waitingFor(candidates, chosen, now)
        : chosen;
  }

  /** A second target beside the first, whose quota is not short. */
  public Chosen beside(
      Bound first, ModelCall call, Candidates candidates, long remaining, long now) {
    Round round = new Round(call, candidates, remaining, now);
    round.beside = first.target();
    return round.over();
  }

  /** This target and no other, whatever it usually takes and although it may rest. */
  public Chosen only(Bound target, ModelCall call, long now) {
    Round round = new Round(call, Candidates.with(Set.of()), Nanos.MOST, now);
    round.urgent = true;
    return round.enter(target)
        ? new Chosen(target, round.held, round.skipped, -1, false)
        : new Chosen(null, round.held, round.skipped, round.wait, round.mayProbe());
  }

  /** Those of the targets that throttled a call which have rested. */
  public Set<Target> rested(Candidates candidates, long now) {
    return candidates.throttled().stream()
        .filter(target -> remaining(target, now) <= 0)
        .collect(Collectors.toSet());
  }

  private Chosen waitingFor(Candidates candidates, Chosen chosen, long now) {
    long wait = chosen.waitNanos() < 0 ? Long.MAX_VALUE : chosen.waitNanos();
    for (Target target : candidates.throttled()) {
      wait = Math.min(wait, Math.max(0, remaining(target, now)));
    }
    return new Chosen(null, chosen.held(), chosen.skipped(), wait, chosen.mayAskSoon());
  }

  private long remaining(Target target, long now) {
    @Nullable Bound bound = find(target);
    return bound == null ? 0 : bound.gates().rests().remaining(now);
  }

  /** Why a target of the route may not be called now; null when it does not rest. */
  public @Nullable Refusal resting(Target target, long now) {
    @Nullable Bound bound = find(target);
    return bound == null ? null : bound.gates().rests().resting(now);
  }

  private @Nullable Bound find(Target target) {
    for (BoundTier tier : tiers) {
      @Nullable Bound found = tier.find(target);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** One look at all tiers. */
  private final class Round {

    private final ModelCall call;
    private final Candidates candidates;
    private final long remaining;
    private final long now;
    private final Held held = new Held();
    private boolean urgent;
    private boolean wellOnly;
    private @Nullable Target beside;
    private List<SkippedTarget> skipped = List.of();
    private List<Bound> late = List.of();
    private boolean hurt;
    private boolean full;
    private long wait = -1;

    Round(ModelCall call, Candidates candidates, long remaining, long now) {
      this.call = call;
      this.candidates = candidates;
      this.remaining = remaining;
      this.now = now;
    }

    /** Whether somebody refused for health alone, while nobody is just full. */
    boolean mayProbe() {
      return hurt && !full;
    }

    /** Those that usually take too long come last. */
    Chosen overAll() {
      Chosen chosen = over();
      return chosen.target() == null && !late.isEmpty() ? overLate() : chosen;
    }

    Chosen over() {
      for (BoundTier tier : tiers) {
        @Nullable Bound in = firstOf(tier);
        if (in != null) {
          return new Chosen(in, held, skipped, -1, false);
        }
      }
      return new Chosen(null, held, skipped, wait, mayProbe());
    }

    private @Nullable Bound firstOf(BoundTier tier) {
      @Nullable BitSet looked = null;
      for (int tries = tier.firstChoices(); tries > 0; tries--) {
        int place = tier.order().first(call, now);
        if (place == SafeOrder.NONE) {
          break;
        }
        if (looked != null && looked.get(place)) {
          continue;
        }
        Bound target = tier.at(place);
        if (isIn(target)) {
          return target;
        }
        looked = looked == null ? new BitSet() : looked;
        looked.set(place);
      }
      for (int place : tier.order().all(call, now)) {
        Bound target = tier.at(place);
        if ((looked == null || !looked.get(place)) && isIn(target)) {
          return target;
        }
      }
      return null;
    }

    private boolean isIn(Bound target) {
      return isCandidate(target) && !isPutOff(target) && enter(target);
    }

    private boolean isCandidate(Bound bound) {
      Target target = bound.target();
      if (!candidates.include(target)) {
        return false;
      }
      if (beside != null && (target == beside || bound.stats().isScarce(now))) {
        return false;
      }
      return !wellOnly || bound.stats().isWell(call.streaming(), now);
    }

    private boolean isPutOff(Bound target) {
      if (target.stats().usualNanos(now) / 2 <= remaining) {
        return false;
      }
      late = late.isEmpty() ? new ArrayList<>() : late;
      late.add(target);
      skip(TOO_LATE.of(target.target()));
      return true;
    }

    /** The last candidates: what usually takes too long is better than nobody. */
    Chosen overLate() {
      for (Bound slow : late) {
        if (enter(slow)) {
          skipped.removeIf(skip -> skip.target() == slow.target());
          return new Chosen(slow, held, skipped, -1, false);
        }
      }
      return new Chosen(null, held, skipped, wait, mayProbe());
    }

    boolean enter(Bound target) {
      @Nullable Refusal refusal = target.gates().tryEnter(call, urgent, now, held);
      if (refusal != null) {
        note(target, refusal);
      }
      return refusal == null;
    }

    /** Most calls pass by nobody. */
    private void skip(SkippedTarget refused) {
      skipped = skipped.isEmpty() ? new ArrayList<>() : skipped;
      if (skipped.size() < MOST_SKIPPED) {
        skipped.add(refused);
      }
    }

    private void note(Bound target, Refusal refusal) {
      hurt |= refusal.reason() == Refusal.Reason.HEALTH;
      full |= refusal.reason() == Refusal.Reason.ROOM;
      skip(refusal.of(target.target()));
      Duration after = refusal.retryAfter();
      if (after != null) {
        wait = wait < 0 ? Nanos.of(after) : Math.min(wait, Nanos.of(after));
      }
    }
  }
}
