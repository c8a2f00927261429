package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.internal.time.Nanos;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Keeps calls from everything that a failure domain covers while it rests. */
public final class CoolDowns implements Gate {

  private static final Duration FOR_EVER = Duration.ofDays(365);
  private static final Refusal PROBED =
      new Refusal("being probed after a cool-down", Duration.ofSeconds(1));

  private final Ticker ticker;
  private final RandomGenerator random;
  private final Map<String, CoolDown> byDomain = new ConcurrentHashMap<>();
  private final Map<String, CoolDown[]> byTarget = new ConcurrentHashMap<>();

  public CoolDowns(Ticker ticker, RandomGenerator random) {
    this.ticker = ticker;
    this.random = random;
  }

  /** Nanoseconds that the target still rests; 0 when it does not. */
  public long remaining(Target target) {
    return longest(coveringOf(target), ticker.nanos());
  }

  private static long longest(CoolDown[] covering, long now) {
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
  public boolean probeDue(Target target, long lastAsked) {
    long now = ticker.nanos();
    boolean due = false;
    for (CoolDown coolDown : coveringOf(target)) {
      if (coolDown.remaining(now) > 0) {
        return false;
      }
      due |= coolDown.unproven() ? coolDown.probeDue(now) : coolDown.restEndedSince(lastAsked, now);
    }
    return due;
  }

  /** Share of its usual load that the target should get after what covers it came back. */
  public double rampUp(Target target) {
    double least = 1;
    for (CoolDown coolDown : coveringOf(target)) {
      least = Math.min(least, coolDown.rampUp(ticker.nanos()));
    }
    return least;
  }

  @Override
  public Entry tryEnter(ModelCall call, Target target) {
    Refusal resting = resting(target);
    return resting != null ? resting : enter(coveringOf(target));
  }

  /** Why the target may not be called now; null when it does not rest. */
  public @Nullable Refusal resting(Target target) {
    long longest = remaining(target);
    if (longest <= 0) {
      return null;
    }
    return longest > FOR_EVER.toNanos()
        ? new Refusal("out until its configuration changes", null)
        : new Refusal("cooling down", Duration.ofNanos(longest));
  }

  private Entry enter(CoolDown[] covering) {
    List<CoolDown> probes = List.of();
    for (CoolDown coolDown : covering) {
      if (!coolDown.unproven()) {
        continue;
      }
      if (!coolDown.tryProbe()) {
        long now = ticker.nanos();
        probes.forEach(probe -> probe.probed(false, now));
        return PROBED;
      }
      probes = new ArrayList<>(probes);
      probes.add(coolDown);
    }
    return probes.isEmpty() ? Permit.FREE : new Probe(probes, ticker);
  }

  /** Tells its cool-downs once how the probe ended: a later probe has its own permit. */
  private static final class Probe implements Permit {

    private final List<CoolDown> probes;
    private final Ticker ticker;
    private final AtomicBoolean told = new AtomicBoolean();

    Probe(List<CoolDown> probes, Ticker ticker) {
      this.probes = probes;
      this.ticker = ticker;
    }

    @Override
    public void working() {
      tell(true);
    }

    @Override
    public void release(Outcome outcome) {
      tell(outcome.ending() == Outcome.Ending.SUCCEEDED);
    }

    private void tell(boolean answered) {
      if (!told.getAndSet(true)) {
        long now = ticker.nanos();
        probes.forEach(probe -> probe.probed(answered, now));
      }
    }
  }

  /** Lets the failure's domain rest, for as long as the provider said or its kind implies. */
  public void cool(Target target, Failure failure) {
    Duration wait = failure.retryAfter();
    cool(target, failure.cools(), wait == null ? failure.kind().coolDown() : wait, wait != null);
  }

  /** Lets a domain rest for about so long. */
  public void cool(Target target, FailureDomain domain, Duration rest) {
    cool(target, domain, rest, false);
  }

  private void cool(Target target, FailureDomain domain, Duration rest, boolean exact) {
    if (domain != FailureDomain.NONE && !rest.isZero()) {
      double chance = random.nextDouble();
      cell(domain, target).cool(Nanos.of(rest), exact, ticker.nanos(), chance);
    }
  }

  private CoolDown[] coveringOf(Target target) {
    CoolDown[] known = byTarget.get(target.name());
    return known != null
        ? known
        : byTarget.computeIfAbsent(target.name(), name -> covering(target));
  }

  private CoolDown[] covering(Target target) {
    return Arrays.stream(FailureDomain.values())
        .filter(domain -> domain != FailureDomain.NONE)
        .map(domain -> cell(domain, target))
        .toArray(CoolDown[]::new);
  }

  private CoolDown cell(FailureDomain domain, Target target) {
    return byDomain.computeIfAbsent(
        domain.keyOf(target), key -> new CoolDown(domain != FailureDomain.QUOTA_KEY));
  }
}
