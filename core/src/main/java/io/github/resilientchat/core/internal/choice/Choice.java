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

  /** So many targets that refused are told of a call. */
  public static final int MOST_SKIPPED = 64;

  private final BoundTier[] tiers;

  public Choice(List<BoundTier> tiers) {
    this.tiers = tiers.toArray(BoundTier[]::new);
  }

  /**
   * Any of the candidates.
   *
   * @param remaining nanoseconds that the call has left: a target that usually takes twice as long
   *     is asked only when no other one lets in
   * @param wellOnly whether only targets will do that are well: there is no budget for others
   * @param held takes what is entered of the target's gates; nothing when none lets in
   */
  public Chosen any(
      ModelCall call,
      Candidates candidates,
      long remaining,
      boolean wellOnly,
      Held held,
      long now) {
    Round round = new Round(call, candidates, remaining, held, now);
    round.wellOnly = wellOnly;
    Chosen chosen = round.overAll();
    if (chosen.target() == null && round.mayProbe() && !wellOnly) {
      Round urgent = new Round(call, candidates, remaining, held, now);
      urgent.urgent = true;
      Chosen probed = urgent.overAll();
      chosen =
          probed.target() == null
              ? chosen
              : new Chosen(probed.target(), chosen.skipped(), -1, false);
    }
    return chosen.target() == null && !candidates.throttled().isEmpty()
        ? waitingFor(candidates, chosen, now)
        : chosen;
  }

  /** A second target beside the first, whose quota is not short. */
  public Chosen beside(
      Bound first, ModelCall call, Candidates candidates, long remaining, Held held, long now) {
    Round round = new Round(call, candidates, remaining, held, now);
    round.beside = first.target();
    return round.over();
  }

  /** This target and no other, whatever it usually takes and although it may rest. */
  public Chosen only(Bound target, ModelCall call, Held held, long now) {
    Round round = new Round(call, Candidates.with(Set.of()), Nanos.MOST, held, now);
    round.urgent = true;
    return round.enter(target)
        ? new Chosen(target, round.skipped, -1, false)
        : new Chosen(null, round.skipped, round.wait, round.mayProbe());
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
    return new Chosen(null, chosen.skipped(), wait, chosen.mayAskSoon());
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
    private final Held held;
    private boolean urgent;
    private boolean wellOnly;
    private @Nullable Target beside;
    private List<SkippedTarget> skipped = List.of();
    private List<Bound> late = List.of();
    private boolean hurt;
    private boolean full;
    private long wait = -1;

    Round(ModelCall call, Candidates candidates, long remaining, Held held, long now) {
      this.call = call;
      this.candidates = candidates;
      this.remaining = remaining;
      this.held = held;
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
        int in = firstOf(tier);
        if (in != SafeOrder.NONE) {
          return skipped.isEmpty() ? tier.first(in) : new Chosen(tier.at(in), skipped, -1, false);
        }
      }
      return new Chosen(null, skipped, wait, mayProbe());
    }

    /** The strategy's first choices, then those known to have room, then all. */
    private int firstOf(BoundTier tier) {
      @Nullable BitSet looked = null;
      for (int tries = tier.firstChoices(); tries > 0; tries--) {
        int place = tier.order().first(call, now);
        if (place == SafeOrder.NONE) {
          break;
        }
        if (looked != null && looked.get(place)) {
          continue;
        }
        if (isIn(tier.at(place))) {
          return place;
        }
        looked = looked == null ? new BitSet() : looked;
        looked.set(place);
      }
      BitSet all = looked == null ? new BitSet() : looked;
      int known = withRoom(tier, all);
      return known == SafeOrder.NONE ? anyOf(tier, all) : known;
    }

    private int withRoom(BoundTier tier, BitSet looked) {
      for (int tries = tier.mostKnown(); tries > 0; tries--) {
        int place = tier.withRoom();
        if (place != SafeOrder.NONE && !looked.get(place)) {
          looked.set(place);
          Bound target = tier.at(place);
          if (isCandidate(target) && !isPutOff(target)) {
            if (enter(target)) {
              return place;
            }
            tier.isFull(place);
          }
        }
      }
      return SafeOrder.NONE;
    }

    private int anyOf(BoundTier tier, BitSet looked) {
      int[] places = tier.order().all(call, now);
      for (int i = 0; i < places.length; i++) {
        if (!looked.get(places[i]) && isIn(tier.at(places[i]))) {
          if (tier.mostKnown() > 0) {
            tier.found(places, i, now);
          }
          return places[i];
        }
      }
      return SafeOrder.NONE;
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
          return new Chosen(slow, skipped, -1, false);
        }
      }
      return new Chosen(null, skipped, wait, mayProbe());
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
