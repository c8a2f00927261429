package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.internal.choice.Candidates;
import io.github.resilientchat.core.internal.time.Nanos;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long a call waits for an attempt, and how long it goes on asking, on the route that it is on.
 * Calls nobody and reads no clock; guarded by its call.
 */
abstract class CallPatience extends CallState {

  /**
   * So long and so often a call asks on that has only one target: about as clients do that have no
   * router. What it asks is bounded by its backoff and by the target's own gates.
   */
  private static final long LONE_NANOS = Duration.ofSeconds(10).toNanos();

  private static final int LONE_ATTEMPTS = 4;

  private final RouteState route;

  /** Attempts that count against their number: refusals at once do not. */
  private int counted;

  CallPatience(RouteState route, ModelCall call, long now) {
    super(route.route().policy(), call, now);
    this.route = route;
  }

  final RouteState route() {
    return route;
  }

  @Override
  final RoutePolicy policy() {
    return route.route().policy();
  }

  @Override
  final String routeName() {
    return route.route().name();
  }

  @Override
  final Set<Capability> needs() {
    return route.needs(call());
  }

  final int counted() {
    return counted;
  }

  final void counts(boolean attempt) {
    counted += attempt ? 1 : 0;
  }

  final int maxAttempts() {
    return policy().retry().maxAttempts();
  }

  /** Whether nobody else could serve the call, so that patience is all it has. */
  final boolean asksOn(long now) {
    boolean tired = attempts() >= LONE_ATTEMPTS && now - startedAt() > LONE_NANOS;
    if (maxAttempts() == 1 || tired) {
      return false;
    }
    int able = 0;
    List<Target> targets = route.targetsFor(call());
    for (int i = 0; i < targets.size() && able < 2; i++) {
      able += targets.get(i).can(needs()) ? 1 : 0;
    }
    return able == 1;
  }

  /** Whether so much time went by that another attempt would double the caller's wait. */
  final boolean isSlow(Try attempt, long now) {
    @Nullable Duration fast = route.route().policy().fastWithin();
    return fast != null && now - attempt.startedAt() > Nanos.of(fast);
  }

  /** Whether a stream fell silent because it may not go on, for which nobody is to blame. */
  final boolean isTooLong(Try attempt, Failure failure, long now) {
    return failure.kind() == FailureKind.TIMED_OUT
        && isWinner(attempt)
        && durationLeft(attempt, now) <= 0;
  }

  /** How much longer a stream with content may take. */
  private long durationLeft(Try attempt, long now) {
    @Nullable Duration most = route.route().policy().maxDuration();
    return most == null ? Long.MAX_VALUE : attempt.committedAt() + Nanos.of(most) - now;
  }

  private Duration bounded(Duration patience, Try attempt, long now) {
    long left = isWinner(attempt) ? Math.max(0, durationLeft(attempt, now)) : Long.MAX_VALUE;
    return patience.compareTo(Duration.ofNanos(left)) > 0 ? Duration.ofNanos(left) : patience;
  }

  /** Whether more targets than that may still be tried. */
  final boolean isMoreThan(int few) {
    Candidates left = candidates();
    List<Target> targets = route.targets();
    int count = 0;
    for (int i = 0; i < targets.size() && count <= few; i++) {
      count += left.include(targets.get(i)) ? 1 : 0;
    }
    return count > few;
  }

  /** Leaves time for another target when there is one that is not being asked already. */
  final Duration patience(Try attempt, long now) {
    if (isWinner(attempt) || attempt.isHeard()) {
      return bounded(idlePatience(now), attempt, now);
    }
    int running = running();
    boolean another = counted + running < maxAttempts() && isMoreThan(running);
    return firstPatience(attempt.startedAt(), another, now);
  }

  /** What is left of the patience, counted from the last signal of the attempt. */
  final Duration untilSilent(Try attempt, long now) {
    return isWinner(attempt) || attempt.isHeard()
        ? bounded(idlePatience(attempt.lastSignalAt(), now), attempt, now)
        : patience(attempt, now);
  }
}
