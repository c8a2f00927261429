package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.internal.time.Nanos;
import io.github.resilientchat.core.route.Target;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The rests of an engine's failure domains. Thread-safe. */
public final class CoolDowns {

  private final RandomGenerator random;
  private final Drains drains = new Drains();
  private final Map<String, CoolDown> byDomain = new ConcurrentHashMap<>();
  private final Map<String, Rests> byTarget = new ConcurrentHashMap<>();

  public CoolDowns(RandomGenerator random) {
    this.random = random;
  }

  /** All rests that cover a target. Targets of one name share theirs. */
  public Rests of(Target target) {
    @Nullable Rests known = byTarget.get(target.name());
    return known != null
        ? known
        : byTarget.computeIfAbsent(target.name(), unused -> covering(target));
  }

  /** What somebody took out. */
  public Drains drains() {
    return drains;
  }

  private Rests covering(Target target) {
    Rests rests = resting(target);
    drains.covers(target, rests);
    return rests;
  }

  private Rests resting(Target target) {
    return new Rests(
        Arrays.stream(FailureDomain.values())
            .filter(domain -> domain != FailureDomain.NONE)
            .map(domain -> cell(domain, target))
            .toArray(CoolDown[]::new));
  }

  /** Lets rest what the failure is said to rest. */
  public void cool(Target target, Consequence then, long now) {
    if (then.rests() != FailureDomain.NONE && !then.rest().isZero()) {
      double chance = random.nextDouble();
      cell(then.rests(), target)
          .cool(Nanos.of(then.rest()), then.grows(), then.firm(), now, chance);
    }
  }

  private CoolDown cell(FailureDomain domain, Target target) {
    return byDomain.computeIfAbsent(
        target.keyIn(domain), key -> new CoolDown(domain != FailureDomain.QUOTA_KEY));
  }
}
