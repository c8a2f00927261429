package io.github.resilientchat.core.internal.choice;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.internal.evidence.TargetEvidence;
import io.github.resilientchat.core.internal.gate.CoolDowns;
import io.github.resilientchat.core.quota.LimitLedger;
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

  private final Target target;
  private final Ticker ticker;
  private final CoolDowns coolDowns;
  private final @Nullable LimitLedger ledger;
  private final TargetEvidence evidence;
  private final Health blocking = new Health();
  private final Health streams = new Health();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Ewma secondsToFirstToken = new Ewma(TAU_NANOS);
  private final Ewma secondsPerToken = new Ewma(TAU_NANOS);
  private final Ewma usualNanos = new Ewma(TAU_NANOS);
  private volatile long askedAt;

  /** Seconds of an answer of usual length when the target was at its best. */
  private volatile double best = Double.NaN;

  private volatile long bestAt;

  /** Attempts under way when another begins, as a rule; a lost update does no harm. */
  private volatile double usualInFlight;

  TargetStats(
      Target target,
      Ticker ticker,
      CoolDowns coolDowns,
      @Nullable LimitLedger ledger,
      TargetEvidence evidence) {
    this.target = target;
    this.ticker = ticker;
    this.coolDowns = coolDowns;
    this.ledger = ledger;
    this.evidence = evidence;
    this.askedAt = ticker.nanos();
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
    // What comes all at once is no habit, however much it is.
    double share = Math.min(1, Math.max(0, (now - askedAt) / TAU_NANOS));
    askedAt = now;
    int others = inFlight.getAndIncrement();
    usualInFlight += (others - usualInFlight) * share;
  }

  /** An answer arrived; for streams with the time of the first content. */
  public void answered(
      boolean streaming, long elapsedNanos, long firstTokenNanos, @Nullable Usage usage, long now) {
    inFlight.decrementAndGet();
    boolean streamed = firstTokenNanos < elapsedNanos;
    if (streamed) {
      secondsToFirstToken.observe(firstTokenNanos / 1e9, now);
    }
    usualNanos.observe(firstTokenNanos, now);
    if (usage != null && usage.output() > 0) {
      long generating = streamed ? elapsedNanos - firstTokenNanos : elapsedNanos;
      secondsPerToken.observe(generating / 1e9 / usage.output(), now);
    }
    health(streaming).answered(now);
    evidence.answered();
    noteBest(latency(streaming), now);
  }

  /** The best is forgotten slowly: what was possible once may not be any more. */
  private void noteBest(double latency, long now) {
    double known = best;
    if (Double.isNaN(latency)) {
      return;
    }
    double faded = known * (1 + Math.max(0, now - bestAt) / FADE_NANOS);
    if (Double.isNaN(known) || latency <= faded) {
      best = latency;
    } else {
      best = faded;
    }
    bestAt = now;
  }

  /** An attempt failed; its duration says nothing, or errors would look fast. */
  public void failed(boolean streaming, Consequence then, long now) {
    inFlight.decrementAndGet();
    if (then.blamesTarget()) {
      health(streaming).failed(now);
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
  public boolean isScarce() {
    return quotaLeft() < ENOUGH_QUOTA;
  }

  @Override
  public int inFlight() {
    return inFlight.get();
  }

  @Override
  public double latency(boolean streaming) {
    if (secondsPerToken.silence(ticker.nanos()) > FORGET_NANOS) {
      return Double.NaN;
    }
    double generating = secondsPerToken.value() * USUAL_TOKENS;
    double first = secondsToFirstToken.value();
    return streaming && !Double.isNaN(first) ? first + generating : generating;
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
  public double slowdown(boolean streaming) {
    double now = latency(streaming);
    double usual = best;
    return Double.isNaN(now) || Double.isNaN(usual) || usual <= 0 ? 1 : Math.max(1, now / usual);
  }

  @Override
  public double failures(boolean streaming) {
    return health(streaming).failures(ticker.nanos());
  }

  @Override
  public double quotaLeft() {
    return ledger == null ? 1 : ledger.shareLeft();
  }

  @Override
  public double rampUp(boolean streaming) {
    return Math.min(coolDowns.rampUp(target), health(streaming).rampUp(ticker.nanos()));
  }

  @Override
  public boolean probeDue(boolean streaming) {
    if (coolDowns.remaining(target) <= 0) {
      Health health = health(streaming);
      if (health.isDown() && inFlight.get() == 0 || health.isUnasked(ticker.nanos())) {
        return true;
      }
    }
    return coolDowns.probeDue(target, askedAt);
  }
}
