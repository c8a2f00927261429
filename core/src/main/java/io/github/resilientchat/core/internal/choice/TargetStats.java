package io.github.resilientchat.core.internal.choice;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.internal.evidence.TargetEvidence;
import io.github.resilientchat.core.internal.gate.Rests;
import io.github.resilientchat.core.internal.gate.TargetLedgers;
import io.github.resilientchat.core.internal.gate.Troubles;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.core.route.TargetSignals;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What attempts at a target have taught. Thread-safe. */
public final class TargetStats implements TargetSignals {

  private static final double TAU_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long FORGET_NANOS = Duration.ofSeconds(60).toNanos();

  /** In so long a best doubles. */
  private static final double FADE_NANOS = Duration.ofMinutes(10).toNanos();

  /** So many at once surprise nobody. */
  private static final int FEW = 4;

  private static final double ENOUGH_QUOTA = 0.3;

  /** An answer of usual length, to add time to first token and time per token. */
  private static final int USUAL_TOKENS = 100;

  private final Rests rests;
  private final TargetLedgers ledgers;
  private final TargetEvidence evidence;
  private final Out out;
  private final Troubles troubles;
  private final Out.Entry place;
  private final Health blocking = new Health();
  private final Health streams = new Health();
  private final Presence presence = new Presence();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Ewma secondsToFirstToken = Ewma.levelled(TAU_NANOS);
  private final Ewma secondsPerToken = Ewma.levelled(TAU_NANOS);
  private final Ewma usualNanos = Ewma.levelled(TAU_NANOS);
  private volatile long askedAt;

  /** The last answer, or the first attempt after nothing was under way. */
  private volatile long silentSince;

  /** Seconds of an answer of usual length when the target was at its best. */
  private volatile double best = Double.NaN;

  private volatile long bestAt;

  /** Attempts under way when another begins, as a rule; a lost update does no harm. */
  private volatile double usualInFlight;

  TargetStats(
      Rests rests,
      TargetLedgers ledgers,
      TargetEvidence evidence,
      Out out,
      Troubles troubles,
      Target target,
      long now) {
    this.rests = rests;
    this.out = out;
    this.troubles = troubles;
    this.place = new Out.Entry(target);
    this.ledgers = ledgers;
    this.evidence = evidence;
    this.askedAt = now;
  }

  /** Whether calls keep away from it, for the log. */
  public Presence presence() {
    return presence;
  }

  /** What attempts here have proved. */
  public TargetEvidence evidence() {
    return evidence;
  }

  private Health health(boolean streaming) {
    return streaming ? streams : blocking;
  }

  public void begun(boolean streaming, long now) {
    health(streaming).asked(now);
    int others = inFlight.getAndIncrement();
    if (others == 0) {
      heard(now);
    }
    long since = now - askedAt;
    if (since >= Ewma.GRAIN_NANOS || since > 0 && !rests.isCalm()) {
      askedAt = now;
      noteOthers(others, since);
    }
  }

  /** Writes no more often than it matters: all threads read this, and would wait for it. */
  private void heard(long now) {
    if (now - silentSince >= Ewma.GRAIN_NANOS) {
      silentSince = now;
    }
  }

  /** What comes all at once is no habit, however much it is. */
  private void noteOthers(int others, long since) {
    double share = Math.min(1, since / TAU_NANOS);
    double usual = usualInFlight;
    if (others != usual) {
      usualInFlight = usual + (others - usual) * share;
    }
  }

  /** A client that knows about exchanges ran one with the target. */
  public void joined(boolean streaming) {
    health(streaming).joined();
  }

  /** Whether such a client ever did. */
  public boolean isJoined(boolean streaming) {
    return health(streaming).isJoined();
  }

  /** An answer arrived; for streams with the time of the first content. */
  public void answered(
      boolean streaming, long elapsedNanos, long firstTokenNanos, @Nullable Usage usage, long now) {
    inFlight.decrementAndGet();
    heard(now);
    health(streaming).answered(now - elapsedNanos, now);
    evidence.answered();
    if (isSound(now)) {
      Out.remove(place);
    }
    if (!usualNanos.isBusy(now)) {
      learn(streaming, elapsedNanos, firstTokenNanos, usage, now);
    }
  }

  private void learn(
      boolean streaming, long elapsedNanos, long firstTokenNanos, @Nullable Usage usage, long now) {
    boolean streamed = firstTokenNanos < elapsedNanos;
    if (streamed) {
      secondsToFirstToken.observe(firstTokenNanos / 1e9, now);
    }
    usualNanos.observe(firstTokenNanos, now);
    if (usage != null && usage.output() > 0) {
      long generating = streamed ? elapsedNanos - firstTokenNanos : elapsedNanos;
      secondsPerToken.observe(generating / 1e9 / usage.output(), now);
    }
    noteBest(latency(streaming, now), now);
  }

  /** Whether no failure of late keeps calls away, in either way of calling. */
  private boolean isSound(long now) {
    return blocking.isSound(now) && streams.isSound(now);
  }

  /** The best is forgotten slowly: what was possible once may not be any more. */
  private void noteBest(double latency, long now) {
    double known = best(now);
    if (!Double.isNaN(latency) && (Double.isNaN(known) || latency <= known)) {
      best = latency;
      bestAt = now;
    }
  }

  private double best(long now) {
    return best * (1 + Math.max(0, now - bestAt) / FADE_NANOS);
  }

  /** An attempt failed; its duration says nothing, or errors would look fast. */
  public void failed(boolean streaming, Consequence then, long now) {
    inFlight.decrementAndGet();
    if (then.blamesTarget()) {
      health(streaming).failed(now);
      out.add(place);
      troubles.add();
    }
  }

  /** An attempt ended without a word about the target. */
  public void ended() {
    inFlight.decrementAndGet();
  }

  /**
   * How long a target usually takes to answer, or to begin to; 0 while unknown or when nothing was
   * heard for a while.
   */
  public long usualNanos(long now) {
    double usual = usualNanos.value();
    return Double.isNaN(usual) || usualNanos.silence(now) > FORGET_NANOS ? 0 : (long) usual;
  }

  /** Whether so little of a quota is left that nothing is hedged. */
  public boolean isScarce(long now) {
    return quotaLeft(now) < ENOUGH_QUOTA;
  }

  @Override
  public int inFlight() {
    return inFlight.get();
  }

  @Override
  public double latency(boolean streaming, long now) {
    if (secondsPerToken.silence(now) > FORGET_NANOS) {
      return Double.NaN;
    }
    double generating = secondsPerToken.value() * USUAL_TOKENS;
    double first = secondsToFirstToken.value();
    double learnt = streaming && !Double.isNaN(first) ? first + generating : generating;
    return inFlight.get() == 0 ? learnt : Math.max(learnt, (now - silentSince) / 1e9);
  }

  /** Whether its last word in this way of calling was an answer, or it said nothing lately. */
  public boolean isWell(boolean streaming, long now) {
    return health(streaming).isWell(now);
  }

  @Override
  public int surge() {
    return Math.max(0, inFlight.get() - Math.max(FEW, (int) (2 * usualInFlight)));
  }

  @Override
  public double slowdown(boolean streaming, long now) {
    double latency = latency(streaming, now);
    double usual = best(now);
    return Double.isNaN(latency) || Double.isNaN(usual) || usual <= 0
        ? 1
        : Math.max(1, latency / usual);
  }

  @Override
  public double failures(boolean streaming, long now) {
    return health(streaming).failures(now);
  }

  @Override
  public double quotaLeft(long now) {
    return ledgers.shareLeft(now);
  }

  @Override
  public double rampUp(boolean streaming, long now) {
    return Math.min(rests.rampUp(now), health(streaming).rampUp(now));
  }

  @Override
  public boolean probeDue(boolean streaming, long now) {
    Health health = health(streaming);
    // Who is sound is not asked how busy it is: that changes with every call.
    if (!health.isSound(now) && rests.remaining(now) <= 0) {
      int others = inFlight.get();
      if (health.isDown() && others == 0 || health.isUnasked(others, now)) {
        return true;
      }
    }
    return rests.probeDue(askedAt, now);
  }

  @Override
  public boolean isSound(boolean streaming, long now) {
    return rests.isCalm() && health(streaming).isSound(now);
  }
}
