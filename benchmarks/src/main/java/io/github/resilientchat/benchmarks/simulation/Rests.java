package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What cool-downs must hold, worked out from the failures alone: a domain rests for its kind's time
 * or the provider's, doubled by repetition up to 16 times, a fifth more or less.
 */
final class Rests {

  private static final double SHORTEST = 0.8;
  private static final double LONGEST = 1.2;
  private static final int MAX_DOUBLINGS = 4;
  private static final long CLEAN_NANOS = Duration.ofSeconds(60).toNanos();

  private final Map<String, Rest> byDomain = new HashMap<>();
  private final Map<Target, List<String>> keys = new HashMap<>();

  private static final class Rest {
    private long atLeastUntil;
    private long atMostUntil;
    private long longest;
    private int doublings;
    private boolean began;
  }

  void failed(Target target, Consequence then, long now) {
    Duration usual = then.rest();
    if (then.rests() == FailureDomain.NONE || usual.isZero()) {
      return;
    }
    Rest rest = byDomain.computeIfAbsent(target.keyIn(then.rests()), unused -> new Rest());
    if (rest.began && now < rest.atLeastUntil) {
      // A call from before the rest says nothing new.
      return;
    }
    // Near its end nobody outside can tell whether the rest is over and this begins another.
    boolean surely = !rest.began || now >= rest.atMostUntil;
    boolean again = rest.began && now - rest.atMostUntil < CLEAN_NANOS;
    rest.doublings = again ? Math.min(rest.doublings + 1, MAX_DOUBLINGS) : 0;
    rest.began = true;
    rest.longest = (long) (LONGEST * (usual.toNanos() << rest.doublings));
    rest.atMostUntil = now + rest.longest;
    if (surely) {
      rest.atLeastUntil = now + (long) (SHORTEST * usual.toNanos());
    }
  }

  /** Whether the target must be resting now. */
  boolean rests(Target target, long now) {
    for (String key : keysOf(target)) {
      Rest rest = byDomain.get(key);
      if (rest != null && now < rest.atLeastUntil) {
        return true;
      }
    }
    return false;
  }

  /** The longest rest that may be in force for the target; 0 when there is none. */
  long longestRest(Target target, long now) {
    long longest = 0;
    for (String key : keysOf(target)) {
      Rest rest = byDomain.get(key);
      if (rest != null && now < rest.atMostUntil) {
        longest = Math.max(longest, rest.longest);
      }
    }
    return longest;
  }

  private List<String> keysOf(Target target) {
    return keys.computeIfAbsent(
        target, unused -> Arrays.stream(FailureDomain.values()).map(target::keyIn).toList());
  }
}
