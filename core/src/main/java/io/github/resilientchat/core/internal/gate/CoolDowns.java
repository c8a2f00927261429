package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.failure.Consequence;
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

  private static final Refusal PROBED =
      new Refusal("being probed after a cool-down", Duration.ofSeconds(1), Refusal.Reason.HEALTH);

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

  /**
   * The gate for a call that has nowhere else to go: a rest that is not firm does not keep it away,
   * but ten such calls a second are enough.
   */
  public Gate urgent() {
    return this::tryEnterUrgently;
  }

  private Entry tryEnterUrgently(ModelCall call, Target target) {
    CoolDown[] covering = coveringOf(target);
    long now = ticker.nanos();
    boolean open = longest(covering, now) <= 0;
    if (open) {
      Entry usual = enter(covering);
      if (usual != PROBED) {
        return usual;
      }
    }
    List<CoolDown> asked = List.of();
    for (CoolDown coolDown : covering) {
      if (coolDown.remaining(now) > 0 || coolDown.unproven()) {
        if (!coolDown.tryUrgently(now)) {
          Refusal resting = resting(target);
          return resting == null ? PROBED : resting;
        }
        asked = asked.isEmpty() ? new ArrayList<>(covering.length) : asked;
        asked.add(coolDown);
      }
    }
    return asked.isEmpty() ? Permit.FREE : new Probe(asked, now, ticker);
  }

  /** Why the target may not be called now; null when it does not rest. */
  public @Nullable Refusal resting(Target target) {
    CoolDown[] covering = coveringOf(target);
    long now = ticker.nanos();
    long longest = longest(covering, now);
    return longest <= 0
        ? null
        : new Refusal(
            "cooling down",
            Duration.ofNanos(longest),
            yields(covering, now) ? Refusal.Reason.HEALTH : Refusal.Reason.WORD);
  }

  private static boolean yields(CoolDown[] covering, long now) {
    for (CoolDown coolDown : covering) {
      if (coolDown.remaining(now) > 0 && !coolDown.yields(now)) {
        return false;
      }
    }
    return true;
  }

  private Entry enter(CoolDown[] covering) {
    List<CoolDown> probes = List.of();
    long now = ticker.nanos();
    for (CoolDown coolDown : covering) {
      if (!coolDown.unproven()) {
        continue;
      }
      if (!coolDown.tryProbe(now)) {
        probes.forEach(probe -> probe.probed(false, now, now));
        return PROBED;
      }
      probes = new ArrayList<>(probes);
      probes.add(coolDown);
    }
    return probes.isEmpty() ? Permit.FREE : new Probe(probes, now, ticker);
  }

  /** Tells its cool-downs once how the probe ended: a later probe has its own permit. */
  private static final class Probe implements Permit {

    private final List<CoolDown> probes;
    private final long began;
    private final Ticker ticker;
    private final AtomicBoolean told = new AtomicBoolean();

    Probe(List<CoolDown> probes, long began, Ticker ticker) {
      this.probes = probes;
      this.began = began;
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
        probes.forEach(probe -> probe.probed(answered, began, now));
      }
    }
  }

  /** Lets rest what the failure is said to rest. */
  public void cool(Target target, Consequence then) {
    if (then.rests() != FailureDomain.NONE && !then.rest().isZero()) {
      double chance = random.nextDouble();
      long now = ticker.nanos();
      cell(then.rests(), target)
          .cool(Nanos.of(then.rest()), then.grows(), then.firm(), now, chance);
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
        target.keyIn(domain), key -> new CoolDown(domain != FailureDomain.QUOTA_KEY));
  }
}
