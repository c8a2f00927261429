package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt holds of its target's gates; a part of the attempt, so that both are one object.
 * Filled by the thread that enters, given back once by the one that ends it.
 */
public class Held {

  private @Nullable TargetLedgers ledgers;
  private int taken;
  private long reserved;
  private int burndown;
  private @Nullable GuardedBreaker breaker;
  private boolean urgent;
  private int epoch;
  private int run;
  private List<CoolDown> probed = List.of();
  private long probedAt;

  /** So many tokens are taken from the first of these ledgers. */
  final void tokens(TargetLedgers of, int first, long tokens, int times) {
    ledgers = of;
    taken = first;
    reserved = tokens;
    burndown = times;
  }

  final void entered(GuardedBreaker by, int inEpoch, int inRun) {
    breaker = by;
    urgent = false;
    epoch = inEpoch;
    run = inRun;
  }

  final void enteredUrgently(GuardedBreaker by) {
    breaker = by;
    urgent = true;
  }

  final int epoch() {
    return epoch;
  }

  final int run() {
    return run;
  }

  final boolean isUrgent() {
    return urgent;
  }

  final void probes(CoolDown coolDown, long now) {
    probed = probed.isEmpty() ? new ArrayList<>(2) : probed;
    probed.add(coolDown);
    probedAt = now;
  }

  final void forgetProbes() {
    probed = List.of();
  }

  /** What it was to prove is proven, or not; said once. */
  final void probed(boolean answered, long now) {
    List<CoolDown> told = probed;
    probed = List.of();
    for (CoolDown coolDown : told) {
      coolDown.probed(answered, probedAt, now);
    }
  }

  final void settle(@Nullable Usage usage, boolean keeps, long now) {
    @Nullable TargetLedgers held = ledgers;
    if (held == null) {
      return;
    }
    ledgers = null;
    if (usage != null) {
      held.settle(taken, reserved, usage.counted(burndown), now);
    } else if (!keeps) {
      held.giveBack(taken, reserved, now);
    } else {
      held.settle(taken, reserved, reserved, now);
    }
  }

  final void leaveBreaker(Ending ending, boolean blamed, long elapsed, long now) {
    GuardedBreaker entered = breaker;
    if (entered != null) {
      entered.release(this, ending, blamed, elapsed, now);
    }
  }
}
