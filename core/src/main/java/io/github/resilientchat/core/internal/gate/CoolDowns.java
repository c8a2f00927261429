package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.fleet.Fleet;
import io.github.resilientchat.core.fleet.News;
import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.internal.time.Nanos;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The rests of an engine's failure domains. Thread-safe. */
public final class CoolDowns {

  private final RandomGenerator random;
  private final Fleet fleet;
  private final Drains drains = new Drains();
  private final Troubles troubles = new Troubles();
  private final Map<String, CoolDown> byDomain = new ConcurrentHashMap<>();
  private final Map<String, Rests> byTarget = new ConcurrentHashMap<>();

  /** Those of an instance that is alone. */
  public CoolDowns(RandomGenerator random) {
    this(random, Fleet.NONE);
  }

  /**
   * @param fleet is told of rests, and when they are over
   */
  public CoolDowns(RandomGenerator random, Fleet fleet) {
    this.random = random;
    this.fleet = fleet;
  }

  /** Another instance has found something out. */
  public void hear(News news, long now) {
    if (news instanceof News.Rests rests) {
      @Nullable CoolDown cell = byDomain.get(rests.domain());
      if (cell != null) {
        cell.hearThatItRests(Nanos.of(rests.left()), rests.firm(), now, random.nextDouble());
      }
    } else if (news instanceof News.Works works) {
      @Nullable CoolDown cell = byDomain.get(works.domain());
      if (cell != null) {
        cell.hearThatItWorks(now);
      }
    }
  }

  /** All rests that cover a target. Targets of one name share theirs. */
  public Rests of(Target target) {
    @Nullable Rests known = byTarget.get(target.name());
    return known != null
        ? known
        : byTarget.computeIfAbsent(target.name(), unused -> covering(target));
  }

  /** No target rests, or is known; what is drained stays so. */
  void forget() {
    byTarget.clear();
    byDomain.clear();
  }

  /** What goes wrong with any target, rests included. */
  public Troubles troubles() {
    return troubles;
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
            .toArray(CoolDown[]::new),
        troubles);
  }

  /** Lets rest what the failure is said to rest. */
  public void cool(Target target, Consequence then, long now) {
    if (then.rests() != FailureDomain.NONE && !then.rest().isZero()) {
      double chance = random.nextDouble();
      CoolDown cell = cell(then.rests(), target);
      if (cell.cool(Nanos.of(then.rest()), then.grows(), then.firm(), now, chance)) {
        Duration left = Duration.ofNanos(Math.max(0, cell.remaining(now)));
        tell(new News.Rests(target.keyIn(then.rests()), left, then.firm()));
      }
    }
  }

  private CoolDown cell(FailureDomain domain, Target target) {
    return byDomain.computeIfAbsent(
        target.keyIn(domain),
        key -> new CoolDown(domain != FailureDomain.QUOTA_KEY, () -> tell(new News.Works(key))));
  }

  private void tell(News news) {
    Foreign.run(fleet.getClass().getName(), () -> fleet.tell(news));
  }
}
