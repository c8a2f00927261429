package io.github.resilientchat.core.internal.choice;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.internal.evidence.EvidenceBook;
import io.github.resilientchat.core.internal.gate.CoolDowns;
import io.github.resilientchat.core.internal.gate.TargetLimits;
import io.github.resilientchat.core.route.Signals;
import io.github.resilientchat.core.route.Target;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each target of an engine. Targets of one name are one target, in whatever route.
 */
public final class TargetBook implements Signals {

  private final Ticker ticker;
  private final RandomGenerator random;
  private final CoolDowns coolDowns;
  private final TargetLimits limits;
  private final Out out = new Out();
  private final EvidenceBook evidence = new EvidenceBook();
  private final Map<String, Target> targets = new ConcurrentHashMap<>();
  private final Map<String, TargetStats> stats = new ConcurrentHashMap<>();

  public TargetBook(
      Ticker ticker, RandomGenerator random, CoolDowns coolDowns, TargetLimits limits) {
    this.ticker = ticker;
    this.random = random;
    this.coolDowns = coolDowns;
    this.limits = limits;
  }

  /**
   * Notes a target of a route.
   *
   * @throws IllegalArgumentException if another target of that name has other limits or is in
   *     another place, or if other limits are known under a key that it shares
   */
  public void enter(Target target) {
    limits.enter(target);
    Target known = targets.putIfAbsent(target.name(), target);
    if (known == null) {
      return;
    }
    if (!known.limits().equals(target.limits())) {
      throw new IllegalArgumentException(
          twice(target) + "with limits " + said(known) + " and with limits " + said(target));
    }
    if (!known.place().equals(target.place())) {
      throw new IllegalArgumentException(
          twice(target) + "at " + known.place() + " and at " + target.place());
    }
  }

  /** Nothing is known of any target. */
  public void forget() {
    targets.clear();
    stats.clear();
    evidence.forget();
    out.clear();
  }

  private static String twice(Target target) {
    return "targets of one name are one target, but '"
        + target.name()
        + "' is set up twice; give one of them another name: ";
  }

  private static String said(Target target) {
    return target.limits().isEmpty() ? "none" : "'" + target.limits() + "'";
  }

  @Override
  public TargetStats of(Target target) {
    TargetStats known = stats.get(target.name());
    if (known != null) {
      return known;
    }
    TargetStats made =
        new TargetStats(
            coolDowns.of(target),
            limits.of(target),
            evidence.of(target),
            out,
            coolDowns.troubles(),
            target,
            now());
    TargetStats first = stats.putIfAbsent(target.name(), made);
    return first == null ? made : first;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public long now() {
    return ticker.nanos();
  }

  @Override
  public @Nullable Target nextOut() {
    return out.next();
  }

  @Override
  public long troubles() {
    return coolDowns.troubles().count();
  }
}
