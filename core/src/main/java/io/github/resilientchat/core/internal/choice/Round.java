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
import org.jspecify.annotations.Nullable;

/** One look at all tiers, for one thread. */
final class Round {

  private static final Refusal TOO_LATE =
      new Refusal("usually takes longer than the time that is left", null, Refusal.Reason.WORD);
  private static final int UNDRAWN = -2;

  private final BoundTier[] tiers;
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
  private int drawn = UNDRAWN;
  private int refused = UNDRAWN;

  Round(
      BoundTier[] tiers,
      ModelCall call,
      Candidates candidates,
      long remaining,
      Held held,
      long now) {
    this.tiers = tiers;
    this.call = call;
    this.candidates = candidates;
    this.remaining = remaining;
    this.held = held;
    this.now = now;
  }

  /** For a call that has nowhere else to go. */
  Round urgent() {
    urgent = true;
    return this;
  }

  /** For a second attempt beside this target. */
  Round beside(Target first) {
    beside = first;
    return this;
  }

  /**
   * The first choice of the first tier was made, and maybe refused.
   *
   * @param isWellOnly whether only targets will do that are well
   */
  void begin(int first, @Nullable Refusal refusal, boolean isWellOnly) {
    wellOnly = isWellOnly;
    drawn = first;
    if (refusal != null) {
      refused = first;
      note(tiers[0].at(first), refusal);
    }
  }

  /** This target and no other. */
  Chosen overOne(Bound target) {
    return enter(target)
        ? new Chosen(target, skipped, -1, false)
        : new Chosen(null, skipped, wait, mayProbe());
  }

  private int draw(BoundTier tier) {
    int made = drawn;
    if (made == UNDRAWN || tier != tiers[0]) {
      return tier.order().first(call, now);
    }
    drawn = UNDRAWN;
    return made;
  }

  private boolean hasRefused(BoundTier tier, int place) {
    return place == refused && tier == tiers[0];
  }

  /** Whether somebody refused for health alone, while nobody is just full. */
  private boolean mayProbe() {
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
      int place = draw(tier);
      if (place == SafeOrder.NONE) {
        break;
      }
      if (looked != null && looked.get(place)) {
        if (!tier.order().isDrawn()) {
          // It would name the same one again.
          break;
        }
        continue;
      }
      if (!hasRefused(tier, place) && isIn(tier.at(place))) {
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
    if (!Choice.isSlow(target, remaining, now)) {
      return false;
    }
    late = late.isEmpty() ? new ArrayList<>() : late;
    late.add(target);
    skip(TOO_LATE.of(target.target()));
    return true;
  }

  /** The last candidates: what usually takes too long is better than nobody. */
  private Chosen overLate() {
    for (Bound slow : late) {
      if (enter(slow)) {
        skipped.removeIf(skip -> skip.target() == slow.target());
        return new Chosen(slow, skipped, -1, false);
      }
    }
    return new Chosen(null, skipped, wait, mayProbe());
  }

  private boolean enter(Bound target) {
    @Nullable Refusal refusal = target.gates().tryEnter(call, urgent, now, held);
    if (refusal != null) {
      note(target, refusal);
    }
    return refusal == null;
  }

  /** Most calls pass by nobody. */
  private void skip(SkippedTarget refused) {
    skipped = skipped.isEmpty() ? new ArrayList<>() : skipped;
    if (skipped.size() < Choice.MOST_SKIPPED) {
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
