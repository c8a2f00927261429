package io.github.resilientchat.core.internal.choice;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureDomain;
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
  private static final double RAMP_NANOS = Duration.ofSeconds(30).toNanos();
  private static final double LEAST_RAMP = 0.1;

  /** A target that fails more often is out, and somebody should find out when it is back. */
  private static final double MOSTLY = 0.5;

  private static final double ENOUGH_QUOTA = 0.3;

  /** An answer of usual length, to add time to first token and time per token. */
  private static final int USUAL_TOKENS = 100;

  private final Target target;
  private final Ticker ticker;
  private final CoolDowns coolDowns;
  private final @Nullable LimitLedger ledger;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Ewma secondsToFirstToken = new Ewma(TAU_NANOS);
  private final Ewma secondsPerToken = new Ewma(TAU_NANOS);
  private final Ewma failures = new Ewma(TAU_NANOS);
  private final Ewma usualNanos = new Ewma(TAU_NANOS);
  private volatile long askedAt;
  private volatile boolean down;
  private volatile boolean ramping;
  private volatile long recoveredAt;

  TargetStats(Target target, Ticker ticker, CoolDowns coolDowns, @Nullable LimitLedger ledger) {
    this.target = target;
    this.ticker = ticker;
    this.coolDowns = coolDowns;
    this.ledger = ledger;
    this.askedAt = ticker.nanos();
  }

  public void begun(long now) {
    askedAt = now;
    inFlight.incrementAndGet();
  }

  /** An answer arrived; for streams with the time of the first content. */
  public void answered(long elapsedNanos, long firstTokenNanos, @Nullable Usage usage, long now) {
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
    failures.observe(0, now);
    if (down) {
      down = false;
      recoveredAt = now;
      ramping = true;
    }
  }

  /** An attempt failed; its duration says nothing, or errors would look fast. */
  public void failed(Failure failure, long now) {
    inFlight.decrementAndGet();
    boolean own = failure.breakerFailure() || failure.cools() != FailureDomain.NONE;
    if (own && failure.cools() != FailureDomain.QUOTA_KEY) {
      failures.observe(1, now);
      down |= failures.value() > MOSTLY;
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

  @Override
  public double failures() {
    double share = failures.value();
    if (Double.isNaN(share)) {
      return 0;
    }
    return share * Math.exp(-failures.silence(ticker.nanos()) / TAU_NANOS);
  }

  @Override
  public double quotaLeft() {
    return ledger == null ? 1 : ledger.shareLeft();
  }

  @Override
  public double rampUp() {
    return Math.min(coolDowns.rampUp(target), ownRampUp());
  }

  private double ownRampUp() {
    if (!ramping) {
      return 1;
    }
    double share = (ticker.nanos() - recoveredAt) / RAMP_NANOS;
    ramping = share < 1;
    return ramping ? Math.max(LEAST_RAMP, share) : 1;
  }

  @Override
  public boolean probeDue() {
    boolean breakerMayOpen = down && inFlight.get() == 0 && coolDowns.remaining(target) <= 0;
    return breakerMayOpen || coolDowns.probeDue(target, askedAt);
  }
}
