package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.internal.time.Nanos;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * All rests that cover one target, bound once. Nothing rests most of the time, which is one look.
 * Thread-safe.
 */
public final class Rests {

  private static final Refusal PROBED =
      new Refusal("being probed after a cool-down", Duration.ofSeconds(1), Refusal.Reason.HEALTH);

  private final CoolDown[] covering;
  private final Troubles troubles;

  /** Whether something rests, or has lately, so that there is something to look at. */
  private volatile boolean stirred = true;

  /** Why nobody is to be sent here; null as a rule. */
  private volatile @Nullable Refusal drained;

  Rests(CoolDown[] covering, Troubles troubles) {
    this.covering = covering;
    this.troubles = troubles;
    for (CoolDown coolDown : covering) {
      coolDown.covers(this);
    }
  }

  /** Whether nothing rests, nor has lately. */
  public boolean isCalm() {
    return !stirred;
  }

  /** One of them begins to rest; said after it does. */
  void stir() {
    stirred = true;
    troubles.add();
  }

  /** Somebody took the target out, for this reason, or let it in again. */
  void drained(@Nullable Refusal why) {
    drained = why;
    stir();
  }

  /** Why the target is out whatever it could do; null when it is not. */
  public @Nullable Refusal drained() {
    return drained;
  }

  /**
   * Ends all rests that cover the target: a call is wanted to prove it.
   *
   * @return whether one was under way
   */
  public boolean end(long now) {
    boolean ended = false;
    for (CoolDown coolDown : covering) {
      ended |= coolDown.end(now);
    }
    return ended;
  }

  private void calm(long lastAsked, long now) {
    if (isCalm(lastAsked, now)) {
      stirred = false;
      // What began in between may have stirred too early.
      if (!isCalm(lastAsked, now)) {
        stir();
      }
    }
  }

  /** Whether nothing changes before the next rest. */
  private boolean isCalm(long lastAsked, long now) {
    if (drained != null) {
      return false;
    }
    for (CoolDown coolDown : covering) {
      if (!coolDown.isCalm(lastAsked, now)) {
        return false;
      }
    }
    return true;
  }

  /** Nanoseconds that the target still rests; 0 when it does not, for ever while it is drained. */
  public long remaining(long now) {
    if (!stirred) {
      return 0;
    }
    if (drained != null) {
      return Nanos.MOST;
    }
    long longest = 0;
    for (CoolDown coolDown : covering) {
      longest = Math.max(longest, coolDown.remaining(now));
    }
    return longest;
  }

  /**
   * Whether the target's rest is over and a call is wanted to prove it.
   *
   * @param lastAsked when the target was asked last; the rest of a whole domain ends for each of
   *     its targets
   */
  public boolean probeDue(long lastAsked, long now) {
    if (!stirred || drained != null) {
      return false;
    }
    boolean due = false;
    for (CoolDown coolDown : covering) {
      if (coolDown.remaining(now) > 0) {
        return false;
      }
      due |= coolDown.unproven() ? coolDown.probeDue(now) : coolDown.restEndedSince(lastAsked, now);
    }
    if (!due) {
      calm(lastAsked, now);
    }
    return due;
  }

  /**
   * Share of its usual load that the target should get after what covers it came back; 0 while it
   * is drained.
   */
  public double rampUp(long now) {
    if (!stirred) {
      return 1;
    }
    if (drained != null) {
      return 0;
    }
    double least = 1;
    for (CoolDown coolDown : covering) {
      least = Math.min(least, coolDown.rampUp(now));
    }
    return least;
  }

  /** Why the target may not be called now; null when it does not rest. */
  public @Nullable Refusal resting(long now) {
    @Nullable Refusal out = drained;
    if (out != null) {
      return out;
    }
    long longest = remaining(now);
    return longest <= 0
        ? null
        : new Refusal(
            "cooling down",
            Duration.ofNanos(longest),
            yields(now) ? Refusal.Reason.HEALTH : Refusal.Reason.WORD);
  }

  private boolean yields(long now) {
    for (CoolDown coolDown : covering) {
      if (coolDown.remaining(now) > 0 && !coolDown.yields(now)) {
        return false;
      }
    }
    return true;
  }

  /** Lets in unless something rests; notes what the attempt proves if it is a probe. */
  @Nullable Refusal tryEnter(long now, Held held) {
    if (!stirred) {
      return null;
    }
    @Nullable Refusal out = drained;
    if (out != null) {
      return out;
    }
    for (CoolDown coolDown : covering) {
      if (coolDown.isOut()) {
        @Nullable Refusal resting = resting(now);
        return resting == null ? tryProbe(now, held) : resting;
      }
    }
    return null;
  }

  private @Nullable Refusal tryProbe(long now, Held held) {
    for (CoolDown coolDown : covering) {
      if (coolDown.unproven()) {
        if (!coolDown.tryProbe(now)) {
          held.probed(false, now);
          return PROBED;
        }
        held.probes(coolDown, now);
      }
    }
    return null;
  }

  /**
   * Lets in a call that has nowhere else to go: a rest that is not firm does not keep it away, but
   * ten such calls a second are enough.
   */
  @Nullable Refusal tryEnterUrgently(long now, Held held) {
    @Nullable Refusal usual = tryEnter(now, held);
    if (usual == null || usual == drained) {
      return usual;
    }
    for (CoolDown coolDown : covering) {
      if (coolDown.keepsAway(now) && !coolDown.tryUrgently(now)) {
        held.forgetProbes();
        return usual;
      }
    }
    for (CoolDown coolDown : covering) {
      if (coolDown.keepsAway(now)) {
        held.probes(coolDown, now);
      }
    }
    return null;
  }
}
