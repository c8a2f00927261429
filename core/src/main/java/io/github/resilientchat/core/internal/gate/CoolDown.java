package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.internal.time.Nanos;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The rest that a failure domain takes. Doubles on repetition up to 16 times the first, is spread
 * by a fifth either way so that many routers do not come back at once, and never gets shorter.
 *
 * <p>Where a failure says that something is down, the rest ends with one probe: until it is
 * answered, but for a second at most, nobody else is let in. Who is not refused at once is likely
 * to be served, and an answer may take a minute. A failed probe is a repetition, and so is a
 * failure in less than twice the last rest after an answer; later ones are rare, and no reason to
 * stay away for longer. A quota refills by itself and needs no probe, but when nobody has asked for
 * twenty seconds after its rest somebody does; a minute without a throttle ends its repetitions.
 *
 * <p>Other instances of a fleet rest for what one of them has found out, and a little longer: who
 * found out probes, and they only if nothing is heard of that. An instance whose own probe is
 * answered believes no others of this domain for a minute: what is wrong may be theirs.
 *
 * <p>A rest keeps calls for others. When there is no other, a call may ask all the same, ten times
 * a second, unless the rest is firm; its answer ends the rest.
 */
final class CoolDown {

  private static final int MAX_DOUBLINGS = 4;
  private static final long CLEAN_NANOS = Duration.ofSeconds(60).toNanos();
  private static final double RAMP_NANOS = Duration.ofSeconds(30).toNanos();
  private static final double LEAST_RAMP = 0.1;
  private static final double JITTER = 0.2;
  private static final long EXCLUSIVE_NANOS = Duration.ofSeconds(1).toNanos();

  /** A quota is back by itself; if nobody has asked for so long, somebody should make sure. */
  private static final long UNASKED_NANOS = Duration.ofSeconds(20).toNanos();

  private static final long URGENT_NANOS = Duration.ofMillis(100).toNanos();

  /** So much later, and up to twice that, those probe who only heard of a rest. */
  private static final long GRACE_NANOS = Duration.ofSeconds(3).toNanos();

  private final boolean probes;
  private final Runnable onOver;
  private final Disbelief disbelief = new Disbelief();
  private final List<Rests> covered = new CopyOnWriteArrayList<>();
  private volatile boolean cooled;
  private volatile boolean ramping;
  private volatile boolean everCooled;
  private long until;
  private long provenAt;
  private long lastRest;
  private int streak;
  private boolean firm;
  private boolean probing;
  private boolean everUrgent;
  private boolean hearsay;
  private long probedAt;
  private long cooledAt;
  private long urgentAt;

  /**
   * @param onOver what to do when an answer or somebody has ended a rest; run under no lock
   */
  CoolDown(boolean probes, Runnable onOver) {
    this.probes = probes;
    this.onOver = onOver;
  }

  /** Whom to tell when it begins to rest. */
  void covers(Rests target) {
    covered.add(target);
  }

  /** Whether it says nothing of a target that was asked then, until it rests again. */
  boolean isCalm(long lastAsked, long now) {
    return !keepsAway(now) && rampUp(now) >= 1 && !endsAfter(lastAsked);
  }

  /** Nanoseconds left; 0 or less when the domain is not resting. */
  long remaining(long now) {
    if (!cooled) {
      return 0;
    }
    synchronized (this) {
      return cooled ? until - now : 0;
    }
  }

  /** Whether the rest is over and the next call is the probe. */
  synchronized boolean probeDue(long now) {
    return probes && cooled && !probing && until - now <= 0;
  }

  /** Whether a rest ended after this moment; of a quota's, whether it did so a while ago. */
  boolean restEndedSince(long moment, long now) {
    return endsAfter(moment) && hasEnded(now - (probes ? 0 : UNASKED_NANOS));
  }

  private boolean endsAfter(long moment) {
    if (!everCooled) {
      return false;
    }
    synchronized (this) {
      return until - moment > 0;
    }
  }

  private synchronized boolean hasEnded(long now) {
    return until - now <= 0;
  }

  /** Whether it rests, or has yet to show that the rest is over. */
  boolean isOut() {
    return cooled;
  }

  /** Whether it rests, or wants a probe. */
  boolean keepsAway(long now) {
    return remaining(now) > 0 || unproven();
  }

  /** Whether the rest has ended, but not yet shown to be over by an answer. */
  boolean unproven() {
    return probes && cooled;
  }

  /** Takes the place of the probe, or says that somebody has it who may yet be refused. */
  synchronized boolean tryProbe(long now) {
    if (probing) {
      return now - probedAt >= EXCLUSIVE_NANOS;
    }
    probing = true;
    probedAt = now;
    return true;
  }

  /** Whether a call that has nowhere else to go may ask now; counts it. */
  synchronized boolean tryUrgently(long now) {
    if (!cooled) {
      return true;
    }
    if (!probes || firm && until - now > 0 || everUrgent && now - urgentAt < URGENT_NANOS) {
      return false;
    }
    everUrgent = true;
    urgentAt = now;
    return true;
  }

  /** Whether a call that has nowhere else to go may be let in before the end of the rest. */
  synchronized boolean yields(long now) {
    return probes && !(cooled && firm && until - now > 0);
  }

  /**
   * An attempt that was let in has ended; an answer shows that the domain is back, unless it began
   * to rest after the attempt did. Those let in beside a probe do not end its turn.
   */
  void probed(boolean answered, long began, long now) {
    if (isBack(answered, began, now)) {
      onOver.run();
    }
  }

  private synchronized boolean isBack(boolean answered, long began, long now) {
    probing &= began != probedAt;
    if (!answered || !cooled || cooledAt - began > 0) {
      return false;
    }
    if (hearsay && probes) {
      disbelief.proven(now);
    }
    back(now);
    return true;
  }

  private void back(long now) {
    cooled = false;
    probing = false;
    provenAt = now;
    ramping = true;
  }

  /** Another instance had an answer. */
  synchronized void hearThatItWorks(long now) {
    if (cooled) {
      back(now);
    }
  }

  /**
   * Another instance lets it rest.
   *
   * @param left how long, from now
   * @param chance from 0 to 1, spreads the end
   */
  void hearThatItRests(long left, boolean isFirm, long now, double chance) {
    long grace = probes ? (long) (GRACE_NANOS * (1 + chance)) : 0;
    if (restsFor(left + grace, now + left, isFirm, now)) {
      covered.forEach(Rests::stir);
    }
  }

  private synchronized boolean restsFor(long left, long said, boolean isFirm, long now) {
    boolean rests = cooled && until - now > 0;
    if (left <= (rests ? until - now : 0) || !disbelief.believes(said, now)) {
      return false;
    }
    if (!rests) {
      hearsay = true;
      cooledAt = now;
      lastRest = left;
      probing = false;
      firm = false;
    }
    until = now + left;
    firm |= isFirm;
    cooled = true;
    everCooled = true;
    return true;
  }

  /** Share of the usual load that the domain should get, below 1 for a while after it came back. */
  double rampUp(long now) {
    if (!ramping) {
      return 1;
    }
    synchronized (this) {
      double share = (now - provenAt) / RAMP_NANOS;
      ramping = share < 1;
      return ramping ? Math.max(LEAST_RAMP, share) : 1;
    }
  }

  /**
   * Begins a rest, or goes on with one.
   *
   * @param grows whether it is spread and doubled: not where the provider said how long
   * @param isFirm whether nobody is let in before its end
   * @param chance from 0 to 1, spreads the rest
   * @return whether that is news
   */
  boolean cool(long first, boolean grows, boolean isFirm, long now, double chance) {
    boolean news = rest(first, grows, isFirm, now, chance);
    covered.forEach(Rests::stir);
    return news;
  }

  private synchronized boolean rest(
      long first, boolean grows, boolean isFirm, long now, double chance) {
    if (cooled && until - now > 0) {
      // Calls that were under way when the domain began to rest tell nothing new.
      boolean longer = !grows && now + first - until > 0 || isFirm && !firm;
      until = !grows && now + first - until > 0 ? now + first : until;
      firm |= isFirm;
      return longer;
    }
    hearsay = false;
    streak = repeated(now) ? Math.min(streak + 1, MAX_DOUBLINGS) : 0;
    lastRest = grows ? jittered(Nanos.doubled(first, streak), chance) : first;
    until = now + lastRest;
    cooledAt = now;
    probing = false;
    firm = isFirm;
    cooled = true;
    everCooled = true;
    return true;
  }

  /** Ends a rest that is under way, for others too; false when none is. */
  boolean end(long now) {
    if (!ends(now)) {
      return false;
    }
    onOver.run();
    return true;
  }

  private synchronized boolean ends(long now) {
    boolean rests = cooled && until - now > 0;
    if (rests) {
      disbelief.ended(until);
      until = now;
      firm = false;
    }
    return rests;
  }

  private boolean repeated(long now) {
    if (!probes) {
      return everCooled && now - until < CLEAN_NANOS;
    }
    return cooled || everCooled && now - provenAt < 2 * lastRest;
  }

  private static long jittered(long nanos, double chance) {
    return (long) (nanos * (1 - JITTER + 2 * JITTER * chance));
  }
}
