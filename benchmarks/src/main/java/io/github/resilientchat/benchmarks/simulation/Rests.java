package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What rests must hold, worked out from failures and answers alone: a domain rests for its kind's
 * time, doubled by repetition up to 16 times, a fifth more or less; an answer to an attempt begun
 * since ends it, unless it is a quota's.
 */
final class Rests {

  private static final double SHORTEST = 0.8;
  private static final double LONGEST = 1.2;
  private static final int MAX_DOUBLINGS = 4;
  private static final long CLEAN_NANOS = Duration.ofSeconds(60).toNanos();
  private static final long BETWEEN_URGENT_NANOS = Duration.ofMillis(100).toNanos();

  private final Map<String, Rest> byDomain = new HashMap<>();
  private final Map<Target, List<String>> keys = new HashMap<>();

  private static final class Rest {
    private final boolean refills;
    private boolean firm;
    private boolean proven;
    private long beganAt;
    private long provenAt;
    private long atLeastUntil;
    private long atMostUntil;
    private long longest;
    private long askedAt;
    private int doublings;

    Rest(boolean refills, long now) {
      this.refills = refills;
      // Long ago, and over.
      this.proven = true;
      this.provenAt = now - CLEAN_NANOS;
      this.atLeastUntil = now - CLEAN_NANOS;
      this.atMostUntil = now - CLEAN_NANOS;
      this.askedAt = now - BETWEEN_URGENT_NANOS;
    }

    boolean mustLast(long now) {
      return now < atLeastUntil;
    }

    /** Whether it may last, or has yet to be proved over. */
    boolean mayLast(long now) {
      return refills ? now < atMostUntil : !proven;
    }

    /** Whether it is over by then, and a call that is let in is the probe. */
    boolean wantsProof(long now, long until) {
      return !refills && !proven && now >= until;
    }

    void begin(Consequence then, long now) {
      long first = then.rest().toNanos();
      boolean surely = proven || now >= atMostUntil;
      doublings = mayRepeat(now) ? Math.min(doublings + 1, MAX_DOUBLINGS) : 0;
      beganAt = now;
      proven = false;
      longest = (long) (LONGEST * (first << doublings));
      atMostUntil = now + longest;
      firm = then.firm();
      if (surely) {
        // Near its end nobody outside can tell whether a rest is over and this begins another.
        atLeastUntil = now + (long) (SHORTEST * first);
      }
    }

    private boolean mayRepeat(long now) {
      return refills ? now - atMostUntil < CLEAN_NANOS : !proven || now - provenAt < 2 * longest;
    }

    void answered(long began, long now) {
      if (!refills && !proven && beganAt <= began) {
        proven = true;
        provenAt = now;
        atLeastUntil = now;
      }
    }
  }

  void failed(Target target, Consequence then, long now) {
    if (then.rests() == FailureDomain.NONE || then.rest().isZero()) {
      return;
    }
    boolean refills = then.rests() == FailureDomain.QUOTA_KEY;
    Rest rest =
        byDomain.computeIfAbsent(target.keyIn(then.rests()), unused -> new Rest(refills, now));
    if (rest.mustLast(now)) {
      // A call from before the rest says nothing new.
      rest.firm |= then.firm();
      return;
    }
    rest.begin(then, now);
  }

  /** Content came of an attempt that began then. */
  void answered(Target target, long began, long now) {
    for (Rest rest : of(target)) {
      rest.answered(began, now);
    }
  }

  /** Whether nobody at all may ask the target now. */
  boolean isFirm(Target target, long now) {
    return of(target).stream().anyMatch(rest -> rest.firm && rest.mustLast(now));
  }

  /** Whether the target must be resting now. */
  boolean mustRest(Target target, long now) {
    return of(target).stream().anyMatch(rest -> rest.mustLast(now));
  }

  /** Whether the target may be resting, or its rest has yet to be proved over. */
  boolean mayRest(Target target, long now) {
    return of(target).stream().anyMatch(rest -> rest.mayLast(now));
  }

  /** Somebody asks; false when a rest that covers the target was asked less than 100 ms ago. */
  boolean ask(Target target, long now) {
    boolean seldom = true;
    for (Rest rest : of(target)) {
      if (rest.mustLast(now)) {
        seldom &= now - rest.askedAt >= BETWEEN_URGENT_NANOS;
        rest.askedAt = now;
      }
    }
    return seldom;
  }

  /** The longest rest that may be in force for the target; 0 when there is none. */
  long longestRest(Target target, long now) {
    return of(target).stream()
        .filter(rest -> rest.mayLast(now))
        .mapToLong(rest -> rest.longest)
        .max()
        .orElse(0);
  }

  /** The domains whose rests are over, but not yet proved to be. */
  List<String> unproven(Target target, long now) {
    return keysOf(target, rest -> rest.wantsProof(now, rest.atMostUntil));
  }

  /** The domains whose rests may be over, but not yet proved to be. */
  List<String> maybeUnproven(Target target, long now) {
    return keysOf(target, rest -> rest.wantsProof(now, rest.atLeastUntil));
  }

  private List<String> keysOf(Target target, Predicate<Rest> which) {
    List<String> some = new ArrayList<>();
    for (String key : keysOf(target)) {
      Rest rest = byDomain.get(key);
      if (rest != null && which.test(rest)) {
        some.add(key);
      }
    }
    return some;
  }

  private List<Rest> of(Target target) {
    List<Rest> covering = new ArrayList<>();
    for (String key : keysOf(target)) {
      Rest rest = byDomain.get(key);
      if (rest != null) {
        covering.add(rest);
      }
    }
    return covering;
  }

  private List<String> keysOf(Target target) {
    return keys.computeIfAbsent(
        target,
        unused ->
            Arrays.stream(FailureDomain.values())
                .filter(domain -> domain != FailureDomain.NONE)
                .map(target::keyIn)
                .toList());
  }
}
