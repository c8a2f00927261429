package io.github.resilientchat.core.failure;

import io.github.resilientchat.core.failure.Consequence.Next;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The one decision on what follows from a failure: where the call goes, what rests and for how
 * long, what a breaker hears, and whether it uses up an attempt. A pure function of the failure and
 * the evidence; {@code docs/failures.md} is printed from it.
 *
 * <p>One failure rests no more than it proves. What is short in this application, and what is wrong
 * with the request, is never charged to a target.
 */
public final class Consequences {

  private static final Duration MINUTE_QUOTA = Duration.ofSeconds(2);
  private static final Duration DAILY_QUOTA = Duration.ofMinutes(15);
  private static final Duration LONGEST_DAILY = Duration.ofHours(1);
  private static final Duration PASSING = Duration.ofSeconds(1);
  private static final Duration NO_CAPACITY = Duration.ofSeconds(5);
  private static final Duration DENIED = Duration.ofSeconds(30);
  private static final Duration UNKNOWN_THERE = Duration.ofMinutes(1);
  private static final int LOADING_TRIES = 2;

  private Consequences() {}

  /** What follows. */
  public static Consequence of(Failure failure, Evidence seen, FailurePolicy policy) {
    return switch (failure.kind()) {
      case THROTTLED ->
          refused(Next.ANOTHER)
              .restsFirmly(named(failure, FailureDomain.QUOTA_KEY), MINUTE_QUOTA)
              .orAsSaid(failure, policy.maxRetryAfter())
              .done();
      case QUOTA_EXHAUSTED ->
          refused(Next.ANOTHER)
              .restsFirmly(
                  named(
                      failure,
                      seen.confirmed()
                          ? FailureDomain.QUOTA_ACCOUNT
                          : FailureDomain.ACCOUNT_REGION),
                  DAILY_QUOTA)
              .orAsSaid(failure, LONGEST_DAILY)
              .done();
      case NOT_READY ->
          tried(seen.tries() <= LOADING_TRIES ? Next.SAME_AFTER_PAUSE : Next.ANOTHER).done();
      case NO_CAPACITY ->
          tried(onceMore(seen))
              .rests(
                  seen.confirmed() ? FailureDomain.REGION_MODEL : FailureDomain.TARGET,
                  seen.confirmed() ? NO_CAPACITY : PASSING)
              .orAsSaid(failure, policy.maxRetryAfter())
              .done();
      case DISCONNECTED -> tried(onceMore(seen)).breaker(!seen.sameEvent()).done();
      case UNAVAILABLE ->
          tried(onceMore(seen))
              .breaker(true)
              .restsOnlyAsSaid(failure, policy.maxRetryAfter())
              .done();
      case TIMED_OUT -> tried(Next.ANOTHER).breaker(true).done();
      case MODEL_FAILED ->
          tried(seen.alone() ? Next.ANOTHER_ELSE_SAME : Next.ANOTHER).breaker(true).done();
      case UNAUTHENTICATED ->
          seen.tries() <= 1
              ? refused(Next.SAME_AT_ONCE).done()
              : refused(Next.ANOTHER).rests(named(failure, FailureDomain.ACCOUNT), PASSING).done();
      case NOT_PERMITTED ->
          refused(Next.ANOTHER)
              .rests(
                  named(failure, seen.confirmed() ? FailureDomain.ACCOUNT : FailureDomain.TARGET),
                  DENIED)
              .done();
      case MISCONFIGURED -> refused(Next.ANOTHER).rests(FailureDomain.TARGET, UNKNOWN_THERE).done();
      case UNSUPPORTED -> refused(Next.ANOTHER_ELSE_CALLER).done();
      case LOCAL_SHORTAGE -> refused(Next.ANOTHER).done();
      case TOO_LONG -> tried(moved(failure, policy, Next.LARGER_CONTEXT)).done();
      case REJECTED, FILTERED -> tried(moved(failure, policy, Next.CALLER)).done();
      case CANCELLED -> tried(Next.CALLER).done();
    };
  }

  private static Next onceMore(Evidence seen) {
    return seen.tries() <= 1 || seen.alone() ? Next.ANOTHER_ELSE_SAME : Next.ANOTHER;
  }

  private static Next moved(Failure failure, FailurePolicy policy, Next otherwise) {
    return policy.fallbackOn().contains(failure.kind()) ? Next.ANOTHER_ELSE_CALLER : otherwise;
  }

  private static FailureDomain named(Failure failure, FailureDomain otherwise) {
    @Nullable FailureDomain named = failure.names();
    return named == null ? otherwise : named;
  }

  /** The target refused at once: costs no time, and no attempt. */
  private static Draft refused(Next next) {
    return new Draft(next, false);
  }

  /** The target was given the chance to work. */
  private static Draft tried(Next next) {
    return new Draft(next, true);
  }

  /** A consequence in the making. */
  private static final class Draft {

    private final Next next;
    private final boolean counted;
    private FailureDomain domain = FailureDomain.NONE;
    private Duration rest = Duration.ZERO;
    private boolean grows = true;
    private boolean firm;
    private boolean breaker;

    Draft(Next next, boolean counted) {
      this.next = next;
      this.counted = counted;
    }

    Draft rests(FailureDomain what, Duration first) {
      domain = what;
      rest = first;
      return this;
    }

    Draft restsFirmly(FailureDomain what, Duration first) {
      firm = true;
      return rests(what, first);
    }

    /** The provider's word on how long, if it gave one. */
    Draft orAsSaid(Failure failure, Duration most) {
      @Nullable Duration said = failure.retryAfter();
      if (said != null) {
        rest = said.compareTo(most) > 0 ? most : said;
        firm = true;
        grows = false;
      }
      return this;
    }

    /** Nothing rests unless the provider gave its word. */
    Draft restsOnlyAsSaid(Failure failure, Duration most) {
      return failure.retryAfter() == null
          ? this
          : rests(FailureDomain.TARGET, Duration.ZERO).orAsSaid(failure, most);
    }

    Draft breaker(boolean counts) {
      breaker = counts;
      return this;
    }

    Consequence done() {
      boolean nothing = rest.isZero();
      return new Consequence(
          next,
          nothing ? FailureDomain.NONE : domain,
          rest,
          grows && !nothing,
          firm && !nothing,
          breaker,
          counted);
    }
  }
}
