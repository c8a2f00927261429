package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.quota.Reservation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt holds of its target's gates. Filled by the thread that enters, given back once by
 * the one that ends it.
 */
public final class Held {

  private @Nullable Reservation tokens;
  private List<Reservation> shared = List.of();
  private int burndown;
  private @Nullable GuardedBreaker breaker;
  private boolean urgent;
  private long epoch;
  private long run;
  private List<CoolDown> probed = List.of();
  private long probedAt;

  void tokens(Reservation reserved, int times) {
    burndown = times;
    if (tokens == null) {
      tokens = reserved;
      return;
    }
    shared = shared.isEmpty() ? new ArrayList<>(2) : shared;
    shared.add(reserved);
  }

  void entered(GuardedBreaker by, long inEpoch, long inRun) {
    breaker = by;
    epoch = inEpoch;
    run = inRun;
  }

  void enteredUrgently(GuardedBreaker by) {
    breaker = by;
    urgent = true;
  }

  long epoch() {
    return epoch;
  }

  long run() {
    return run;
  }

  boolean isUrgent() {
    return urgent;
  }

  void probes(CoolDown coolDown, long now) {
    probed = probed.isEmpty() ? new ArrayList<>(2) : probed;
    probed.add(coolDown);
    probedAt = now;
  }

  void forgetProbes() {
    probed = List.of();
  }

  /** What it was to prove is proven, or not; said once. */
  void probed(boolean answered, long now) {
    List<CoolDown> told = probed;
    probed = List.of();
    for (CoolDown coolDown : told) {
      coolDown.probed(answered, probedAt, now);
    }
  }

  void settle(@Nullable Usage usage, boolean keeps) {
    Reservation held = tokens;
    if (held == null) {
      return;
    }
    tokens = null;
    settle(held, usage, keeps);
    for (Reservation more : shared) {
      settle(more, usage, keeps);
    }
    shared = List.of();
  }

  private void settle(Reservation held, @Nullable Usage usage, boolean keeps) {
    if (usage != null) {
      held.settle(usage.counted(burndown));
    } else if (keeps) {
      held.keep();
    } else {
      held.giveBack();
    }
  }

  void leaveBreaker(Ending ending, boolean blamed, long elapsed, long now) {
    GuardedBreaker entered = breaker;
    if (entered != null) {
      entered.release(this, ending, blamed, elapsed, now);
    }
  }
}
