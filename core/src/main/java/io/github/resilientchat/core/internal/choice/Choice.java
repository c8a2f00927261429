package io.github.resilientchat.core.internal.choice;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.internal.gate.CoolDowns;
import io.github.resilientchat.core.internal.gate.Entry;
import io.github.resilientchat.core.internal.gate.Gate;
import io.github.resilientchat.core.internal.gate.Outcome;
import io.github.resilientchat.core.internal.gate.Permit;
import io.github.resilientchat.core.internal.gate.Refusal;
import io.github.resilientchat.core.internal.time.Nanos;
import io.github.resilientchat.core.report.SkippedTarget;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
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

  private final List<SafeOrder> tiers;
  private final List<Gate> gates;
  private final List<Gate> urgentGates;
  private final TargetBook book;
  private final CoolDowns coolDowns;
  private final Ticker ticker;

  /**
   * @param gates entered in this order
   * @param urgentGates the gates for a call that has nowhere else to go
   */
  public Choice(
      List<SafeOrder> tiers,
      List<Gate> gates,
      List<Gate> urgentGates,
      TargetBook book,
      CoolDowns coolDowns,
      Ticker ticker) {
    this.tiers = List.copyOf(tiers);
    this.gates = List.copyOf(gates);
    this.urgentGates = List.copyOf(urgentGates);
    this.book = book;
    this.coolDowns = coolDowns;
    this.ticker = ticker;
  }

  /**
   * Any of the candidates.
   *
   * @param remaining nanoseconds that the call has left: a target that usually takes twice as long
   *     is asked only when no other one lets in
   * @param wellOnly whether only targets will do that are well: there is no budget for others
   */
  public Chosen any(ModelCall call, Candidates candidates, long remaining, boolean wellOnly) {
    Round round = new Round(call, remaining, gates);
    Predicate<Target> candidate =
        wellOnly
            ? target ->
                candidates.include(target) && book.of(target).isWell(call.streaming(), round.now)
            : candidates::include;
    Chosen chosen = round.overAll(candidate);
    if (chosen.place() == null && round.mayProbe() && !wellOnly) {
      Chosen probed = new Round(call, remaining, urgentGates).overAll(candidate);
      chosen =
          probed.place() == null ? chosen : new Chosen(probed.place(), chosen.skipped(), -1, false);
    }
    return chosen.place() == null && !candidates.throttled().isEmpty()
        ? waitingFor(candidates, chosen)
        : chosen;
  }

  /** A second target beside the first, whose quota is not short. */
  public Chosen beside(Target first, ModelCall call, Candidates candidates, long remaining) {
    return new Round(call, remaining, gates)
        .over(
            target -> candidates.include(target) && target != first && !book.of(target).isScarce());
  }

  /** This target and no other, whatever it usually takes and although it may rest. */
  public Chosen only(Target target, int tier, ModelCall call) {
    Round round = new Round(call, Nanos.MOST, urgentGates);
    Chosen.@Nullable Place place = round.enter(target, tier);
    return new Chosen(place, round.skipped, round.wait, round.mayProbe());
  }

  /** Those of the targets that throttled a call which have rested. */
  public Set<Target> rested(Candidates candidates) {
    return candidates.throttled().stream()
        .filter(target -> coolDowns.remaining(target) <= 0)
        .collect(Collectors.toSet());
  }

  private Chosen waitingFor(Candidates candidates, Chosen chosen) {
    long wait = chosen.waitNanos() < 0 ? Long.MAX_VALUE : chosen.waitNanos();
    for (Target target : candidates.throttled()) {
      wait = Math.min(wait, Math.max(0, coolDowns.remaining(target)));
    }
    return new Chosen(null, chosen.skipped(), wait, chosen.mayAskSoon());
  }

  /** One look at all tiers. */
  private final class Round {

    private final ModelCall call;
    private final long remaining;
    private final List<Gate> entered;
    private final long now = ticker.nanos();
    private List<SkippedTarget> skipped = List.of();
    private List<Chosen.Place> late = List.of();
    private boolean hurt;
    private boolean full;
    private long wait = -1;

    Round(ModelCall call, long remaining, List<Gate> entered) {
      this.call = call;
      this.remaining = remaining;
      this.entered = entered;
    }

    /** Whether somebody refused for health alone, while nobody is just full. */
    boolean mayProbe() {
      return hurt && !full;
    }

    /** Those that usually take too long come last. */
    Chosen overAll(Predicate<Target> candidate) {
      Chosen chosen = over(candidate);
      return chosen.place() == null && !late.isEmpty() ? overLate() : chosen;
    }

    Chosen over(Predicate<Target> candidate) {
      for (int tier = 0; tier < tiers.size(); tier++) {
        for (Target target : tiers.get(tier).targetsFor(call)) {
          if (!candidate.test(target)) {
            continue;
          }
          Chosen.@Nullable Place place =
              book.of(target).usualNanos(now) / 2 > remaining
                  ? putOff(target, tier)
                  : enter(target, tier);
          if (place != null) {
            return new Chosen(place, skipped, -1, false);
          }
        }
      }
      return new Chosen(null, skipped, wait, mayProbe());
    }

    private Chosen.@Nullable Place putOff(Target target, int tier) {
      late = late.isEmpty() ? new ArrayList<>() : late;
      late.add(new Chosen.Place(target, tier, book.of(target), new Permit[0]));
      skip(TOO_LATE.of(target));
      return null;
    }

    /** The last candidates: what usually takes too long is better than nobody. */
    Chosen overLate() {
      for (Chosen.Place slow : late) {
        Chosen.@Nullable Place place = enter(slow.target(), slow.tier());
        if (place != null) {
          skipped.removeIf(skip -> skip.target() == slow.target());
          return new Chosen(place, skipped, -1, false);
        }
      }
      return new Chosen(null, skipped, wait, mayProbe());
    }

    /** Enters all gates of a target, or none: then notes which one refused. */
    Chosen.@Nullable Place enter(Target target, int tier) {
      Permit[] permits = new Permit[entered.size()];
      for (int gate = 0; gate < permits.length; gate++) {
        Entry entry = entry(entered.get(gate), target);
        if (entry instanceof Refusal refusal) {
          giveBack(target, tier, permits, gate);
          note(target, refusal);
          return null;
        }
        permits[gate] = (Permit) entry;
      }
      return new Chosen.Place(target, tier, book.of(target), permits);
    }

    /** Most calls pass by nobody. */
    private void skip(SkippedTarget refused) {
      skipped = skipped.isEmpty() ? new ArrayList<>() : skipped;
      skipped.add(refused);
    }

    private void giveBack(Target target, int tier, Permit[] permits, int many) {
      Permit[] some = new Permit[many];
      System.arraycopy(permits, 0, some, 0, many);
      new Chosen.Place(target, tier, book.of(target), some).release(Outcome.NOT_USED);
    }

    private Entry entry(Gate gate, Target target) {
      try {
        return gate.tryEnter(call, target);
      } catch (Throwable fault) {
        Foreign.log(gate.getClass().getName(), fault);
        return new Refusal("its gate failed", Duration.ofSeconds(1), Refusal.Reason.WORD);
      }
    }

    private void note(Target target, Refusal refusal) {
      hurt |= refusal.reason() == Refusal.Reason.HEALTH;
      full |= refusal.reason() == Refusal.Reason.ROOM;
      skip(refusal.of(target));
      Duration after = refusal.retryAfter();
      if (after != null) {
        wait = wait < 0 ? Nanos.of(after) : Math.min(wait, Nanos.of(after));
      }
    }
  }
}
