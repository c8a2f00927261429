package io.github.resilientchat.core.internal.choice;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.internal.gate.Drains;
import io.github.resilientchat.core.internal.gate.Held;
import io.github.resilientchat.core.internal.gate.Refusal;
import io.github.resilientchat.core.internal.time.Nanos;
import io.github.resilientchat.core.route.Target;
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

  /** So many targets that refused are told of a call. */
  public static final int MOST_SKIPPED = 64;

  /** So often a call looks again because somebody drained targets while it looked. */
  private static final int MOST_LOOKS = 8;

  private final BoundTier[] tiers;
  private final Drains drains;

  public Choice(List<BoundTier> tiers, Drains drains) {
    this.tiers = tiers.toArray(BoundTier[]::new);
    this.drains = drains;
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
    int drained = drains.changes();
    Chosen chosen = look(call, candidates, remaining, wellOnly, held, now);
    for (int looks = 1; chosen.target() == null && looks < MOST_LOOKS; looks++) {
      int before = drained;
      drained = drains.changes();
      if (drained == before) {
        break;
      }
      chosen = look(call, candidates, remaining, wellOnly, held, now);
    }
    return chosen.target() == null && !candidates.throttled().isEmpty()
        ? waitingFor(candidates, chosen, now)
        : chosen;
  }

  private Chosen look(
      ModelCall call,
      Candidates candidates,
      long remaining,
      boolean wellOnly,
      Held held,
      long now) {
    BoundTier tier = tiers[0];
    int first = tier.order().first(call, now);
    @Nullable Refusal refusal = null;
    boolean asked =
        first != SafeOrder.NONE
            && !wellOnly
            && candidates.include(tier.at(first).target())
            && !isSlow(tier.at(first), remaining, now);
    if (asked) {
      refusal = tier.at(first).gates().tryEnter(call, false, now, held);
      if (refusal == null) {
        // Most calls end here, and look at nobody else.
        return tier.first(first);
      }
    }
    Round round = new Round(tiers, call, candidates, remaining, held, now);
    round.begin(first, refusal, wellOnly);
    Chosen chosen = round.overAll();
    if (chosen.target() == null && chosen.mayAskSoon() && !wellOnly) {
      Chosen probed = new Round(tiers, call, candidates, remaining, held, now).urgent().overAll();
      chosen =
          probed.target() == null
              ? chosen
              : new Chosen(probed.target(), chosen.skipped(), -1, false);
    }
    return chosen;
  }

  static boolean isSlow(Bound target, long remaining, long now) {
    return target.stats().usualNanos(now) / 2 > remaining;
  }

  /** A second target beside the first, whose quota is not short. */
  public Chosen beside(
      Bound first, ModelCall call, Candidates candidates, long remaining, Held held, long now) {
    Round round = new Round(tiers, call, candidates, remaining, held, now);
    return round.beside(first.target()).over();
  }

  /** This target and no other, whatever it usually takes and although it may rest. */
  public Chosen only(Bound target, ModelCall call, Held held, long now) {
    Round round = new Round(tiers, call, Candidates.with(Set.of()), Nanos.MOST, held, now);
    return round.urgent().overOne(target);
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
}
