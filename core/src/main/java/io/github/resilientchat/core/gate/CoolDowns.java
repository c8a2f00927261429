package io.github.resilientchat.core.gate;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Target;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureDomain;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** Keeps calls from everything that a failure domain covers while it rests. */
public final class CoolDowns implements Gate {

  private static final Duration FOR_EVER = Duration.ofDays(365);

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
    long longest = 0;
    for (CoolDown coolDown : coveringOf(target)) {
      longest = Math.max(longest, coolDown.remaining());
    }
    return longest;
  }

  @Override
  public Entry tryEnter(ModelCall call, Target target) {
    long longest = remaining(target);
    if (longest <= 0) {
      return Permit.FREE;
    }
    return longest > FOR_EVER.toNanos()
        ? new Refusal("out until its configuration changes", null)
        : new Refusal("cooling down", Duration.ofNanos(longest));
  }

  /** Lets the failure's domain rest, for as long as the provider said or its kind implies. */
  public void cool(Target target, Failure failure) {
    if (failure.cools() == FailureDomain.NONE) {
      return;
    }
    Duration wait = failure.retryAfter();
    Duration rest = wait == null ? failure.kind().coolDown() : wait;
    if (!rest.isZero()) {
      domain(failure.cools().keyOf(target)).cool(rest, wait != null);
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
        .map(domain -> domain(domain.keyOf(target)))
        .toArray(CoolDown[]::new);
  }

  private CoolDown domain(String key) {
    return byDomain.computeIfAbsent(key, unused -> new CoolDown(ticker, random));
  }
}
