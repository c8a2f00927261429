package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holds one router to the invariants while it runs; the first that breaks ends the run. */
final class Watch implements RouteListener {

  private final VirtualTime time;
  private final RoutePolicy policy;
  private final boolean oneProbe;
  private final Rests rests = new Rests();
  private final Probes probes;
  private final BreakerView breakers;
  private final Map<Target, Long> lastBegan = new HashMap<>();
  private final Map<Target, Long> lastFailed = new HashMap<>();
  private final Map<Target, Long> lastAnswered = new HashMap<>();
  private final Map<Target, FailureDomain> lastCooled = new HashMap<>();
  private final Map<Target, Integer> running = new HashMap<>();
  private int begun;
  private int reported;
  private int underWay;
  private int attempts;

  Watch(
      VirtualTime time,
      RoutePolicy policy,
      List<Target> targets,
      BreakerView breakers,
      boolean oneProbe) {
    this.time = time;
    this.policy = policy;
    this.breakers = breakers;
    this.oneProbe = oneProbe;
    this.probes = new Probes(targets, breakers);
  }

  void callBegan() {
    begun++;
  }

  @Override
  public void onCall(CallReport report) {
    reported++;
    int most = policy.retry().maxAttempts();
    holds(report.attempts().size() <= most, "attempts stay within their number", report);
  }

  /**
   * An attempt begins.
   *
   * @param dead whether the target can only fail now
   * @return its number
   */
  int attemptBegan(Attempt attempt, long deadline, boolean dead) {
    Target target = attempt.target();
    underWay++;
    running.merge(target, 1, Integer::sum);
    attempts++;
    lastBegan.put(target, time.nanos());
    holds(time.nanos() < deadline, "no attempt begins after the deadline", target);
    holds(!attempt.patience().isZero(), "an attempt has time", target);
    holds(!rests.rests(target, time.nanos()), "no attempt at a cooled target", target);
    holds(!breakers.isOpen(target), "no attempt at a target whose breaker is open", target);
    breakers.began(target);
    boolean first = probes.began(target, attempts);
    holds(first || !dead || !oneProbe, "a dead target gets one probe at a time", target);
    return attempts;
  }

  void answered(Target target, int attempt) {
    ended(target);
    lastAnswered.put(target, time.nanos());
    breakers.answered(target);
    probes.answered(target, attempt);
  }

  void failed(Target target, int attempt, Consequence then) {
    ended(target);
    lastFailed.put(target, time.nanos());
    lastCooled.put(target, then.rests());
    breakers.failed(target);
    rests.failed(target, then, time.nanos());
    probes.failed(target, attempt, then);
  }

  void cancelled(Target target, int attempt) {
    ended(target);
    probes.over(target, attempt);
  }

  void callEnded(long deadline) {
    holds(time.nanos() <= deadline, "no call outlives its deadline", time.nanos() - deadline);
  }

  /**
   * The target recovered: for as long again as it rested at most, somebody must have asked it.
   *
   * @param lastsUntil the end of the traffic
   */
  void recovered(Target target, long lastsUntil) {
    long since = time.nanos();
    long rest = Math.max(rests.longestRest(target, since), breakers.rest(target));
    if (rest > 0 && since + 2 * rest < lastsUntil) {
      time.after(2 * rest, () -> askedSince(target, since));
    }
  }

  private void askedSince(Target target, long since) {
    // A probe that was under way at the recovery may have failed after it and begun another rest,
    // or have arrived after it and been answered: then it was the traffic.
    boolean failed = lastFailed.getOrDefault(target, 0L) >= since;
    boolean answered = lastAnswered.getOrDefault(target, 0L) >= since;
    boolean asked = lastBegan.getOrDefault(target, 0L) >= since;
    boolean heard = failed || answered || asked || isProbedThroughAnother(target, since);
    holds(heard, "a recovered target gets traffic within twice its cool-down", target);
  }

  /** Until the one probe of a Region's model is answered, no other account is let in. */
  private boolean isProbedThroughAnother(Target target, long since) {
    String domain = target.keyIn(FailureDomain.REGION_MODEL);
    return lastBegan.entrySet().stream()
        .filter(began -> began.getValue() >= since)
        .map(Map.Entry::getKey)
        .filter(other -> running.getOrDefault(other, 0) > 0)
        .filter(other -> lastCooled.get(other) == FailureDomain.REGION_MODEL)
        .anyMatch(other -> other.keyIn(FailureDomain.REGION_MODEL).equals(domain));
  }

  private void ended(Target target) {
    underWay--;
    running.merge(target, -1, Integer::sum);
  }

  void close() {
    holds(underWay == 0, "nothing is under way at the end", underWay);
    holds(begun == reported, "every call is reported once", begun + " and " + reported);
  }

  private void holds(boolean holds, String invariant, Object detail) {
    Broken.unless(holds, time, invariant, detail);
  }
}
