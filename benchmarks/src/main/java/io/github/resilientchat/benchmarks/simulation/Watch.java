package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.report.SkippedTarget;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds one router to the invariants while it runs; the first that breaks ends the run. */
final class Watch implements RouteListener {

  private static final long LEAST_WINDOW = Duration.ofSeconds(30).toNanos();
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final int MOST_ATTEMPTS = 64;

  private final VirtualTime time;
  private final RoutePolicy policy;
  private final List<Target> targets;
  private final Blame blame = new Blame();
  private final Rests rests = new Rests();
  private final Probes probes = new Probes();
  private final BreakerView breakers;
  private final Map<Target, Long> lastBegan = new HashMap<>();
  private final Map<Target, Long> lastEnded = new HashMap<>();
  private final Map<Target, Integer> lossesCounted = new HashMap<>();
  private int begun;
  private int reported;
  private int underWay;
  private int attempts;

  Watch(VirtualTime time, RoutePolicy policy, List<Target> targets, BreakerView breakers) {
    this.time = time;
    this.policy = policy;
    this.targets = targets;
    this.breakers = breakers;
  }

  void callBegan() {
    begun++;
  }

  @Override
  public void onCall(CallReport report) {
    reported++;
  }

  /** An attempt that is under way. */
  record Asked(int number, Target target, Course course, long began) {}

  Asked attemptBegan(Attempt attempt, Course course) {
    long now = time.nanos();
    Asked asked = new Asked(++attempts, attempt.target(), course, now);
    underWay++;
    holds(now < course.deadline(), "no attempt begins after the deadline", asked);
    holds(!attempt.patience().isZero(), "an attempt has time", asked);
    staysWithinItsAttempts(asked);
    holds(!rests.isFirm(asked.target(), now), "a firm rest is never broken", asked);
    isLetIn(asked, now);
    lastBegan.put(asked.target(), now);
    return asked;
  }

  private void staysWithinItsAttempts(Asked asked) {
    Course course = asked.course();
    boolean within =
        course.counted() < policy.retry().maxAttempts() && course.attempts() <= MOST_ATTEMPTS;
    holds(within, "attempts stay within their number", asked);
    int denied = course.failures(asked.target(), FailureKind.UNAUTHENTICATED);
    holds(denied <= 1, "a target gets one corrected try of a call", asked);
  }

  /** What keeps calls away does so for others, and lets a few in when there is no other. */
  private void isLetIn(Asked asked, long now) {
    Target target = asked.target();
    BreakerWatch breaker = breakers.of(target, asked.course().streaming());
    List<String> maybe = rests.maybeUnproven(target, now);
    boolean resting = rests.mustRest(target, now);
    boolean alone =
        resting || probes.began(rests.unproven(target, now), maybe, asked.number(), now);
    boolean urgent = resting || breaker.refuses() || !alone;
    boolean seldom = rests.ask(target, now) & breaker.began(asked.number(), now);
    holds(seldom, "what keeps calls away is asked ten times a second at most", asked);
    boolean mayBe = !urgent || asked.course().isSecondTry(target) || isLast(asked, now);
    holds(mayBe, "what keeps calls away is asked only where no other lets in", asked);
  }

  /** Whether every other target failed the call or may keep it away. */
  private boolean isLast(Asked asked, long now) {
    Course course = asked.course();
    return targets.stream()
        .filter(other -> other != asked.target())
        .allMatch(
            other ->
                course.failedAt(other)
                    || rests.mayRest(other, now)
                    || !breakers.of(other, course.streaming()).isClosed());
  }

  /** Targets that a call passes over now. */
  void skipped(List<SkippedTarget> some) {
    for (SkippedTarget skip : some) {
      boolean probed = skip.reason().startsWith("being probed");
      holds(
          !probed || isProbedSince(skip.target(), time.nanos() - SECOND),
          "a probe is alone for a second at most",
          skip);
    }
  }

  private boolean isProbedSince(Target target, long since) {
    return lastBegan.entrySet().stream()
        .filter(began -> began.getValue() >= since)
        .anyMatch(began -> shareADomain(began.getKey(), target));
  }

  private static boolean shareADomain(Target one, Target other) {
    return Arrays.stream(FailureDomain.values())
        .filter(domain -> domain != FailureDomain.NONE)
        .anyMatch(domain -> one.keyIn(domain).equals(other.keyIn(domain)));
  }

  void heard(Asked asked) {
    rests.answered(asked.target(), asked.began(), time.nanos());
    probes.over(asked.number());
  }

  void answered(Asked asked) {
    heard(asked);
    blame.answered(asked.target());
    ended(asked, false);
  }

  /**
   * An attempt failed.
   *
   * @param then what the engine says followed
   * @param lost connections to the target that were lost until now
   */
  void failed(Asked asked, FailureKind kind, Consequence then, int lost) {
    Target target = asked.target();
    long now = time.nanos();
    asked.course().failed(target, kind);
    int times = asked.course().failures(target, kind);
    boolean right = blame.isRight(then, target, kind, times, asked.began(), now);
    holds(right, "a failure rests what it proves", kind + " at " + target + ": " + then);
    if (kind == FailureKind.DISCONNECTED && then.breaker()) {
      int counted = lossesCounted.merge(target, 1, Integer::sum);
      holds(counted <= lost, "a lost connection counts once", counted + " of " + lost);
    }
    rests.failed(target, then, now);
    ended(asked, then.breaker());
  }

  void cancelled(Asked asked) {
    ended(asked, false);
  }

  private void ended(Asked asked, boolean breakerHears) {
    underWay--;
    lastEnded.put(asked.target(), time.nanos());
    probes.over(asked.number());
    BreakerWatch breaker = breakers.of(asked.target(), asked.course().streaming());
    boolean enough = breaker.ended(asked.number(), breakerHears);
    holds(enough, "a breaker opens on failures of its own way of calling", asked);
  }

  void callEnded(long deadline) {
    holds(time.nanos() <= deadline, "no call outlives its deadline", time.nanos() - deadline);
  }

  /**
   * The target recovered: within twice as long as it rested at most, or half a minute, somebody
   * must have asked it.
   *
   * @param lastsUntil the end of the traffic
   */
  void recovered(Target target, long lastsUntil) {
    long since = time.nanos();
    long rest = Math.max(rests.longestRest(target, since), breakers.rest(target));
    // Nobody hurries to what adaptive keeps for last, however short its rest was.
    long within = Math.max(2 * rest, LEAST_WINDOW);
    if (rest > 0 && since + within < lastsUntil) {
      time.after(within, () -> askedSince(target, since));
    }
  }

  private void askedSince(Target target, long since) {
    // A probe that was under way at the recovery may have failed after it and begun another rest,
    // or have arrived after it and been answered: then it was the traffic.
    boolean asked = lastBegan.getOrDefault(target, 0L) >= since;
    boolean heard = lastEnded.getOrDefault(target, 0L) >= since;
    holds(asked || heard, "a recovered target gets traffic within twice its rest", target);
  }

  void close() {
    holds(underWay == 0, "nothing is under way at the end", underWay);
    holds(begun == reported, "every call is reported once", begun + " and " + reported);
    Set<String> strangers = breakers.strangers(targets);
    holds(strangers.isEmpty(), "a breaker for each way of calling", strangers);
  }

  private void holds(boolean holds, String invariant, Object detail) {
    Broken.unless(holds, time, invariant, detail);
  }
}
