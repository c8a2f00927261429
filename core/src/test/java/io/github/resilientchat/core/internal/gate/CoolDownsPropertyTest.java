package io.github.resilientchat.core.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.Consequences;
import io.github.resilientchat.core.failure.Evidence;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.failure.FailurePolicy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

/** Random histories of one domain, against a model of its rests. */
class CoolDownsPropertyTest {

  private static final Outcome ANSWERED = new Outcome(Ending.SUCCEEDED, null, 1);
  private static final Outcome FAILED = new Outcome(Ending.FAILED, null, 1);
  private static final Consequence THROTTLED = after(Failure.of(FailureKind.THROTTLED, "x"));
  private static final double BASE = THROTTLED.rest().toNanos();
  private static final long EXCLUSIVE = Duration.ofSeconds(1).toNanos();
  private static final long CLEAN = Duration.ofSeconds(60).toNanos();

  private static Consequence after(Failure failure) {
    return Consequences.of(failure, Evidence.NONE, FailurePolicy.DEFAULTS);
  }

  private static Consequence throttledFor(Duration said) {
    return after(Failure.of(FailureKind.THROTTLED, "x").retryAfter(said));
  }

  private final Target target = Target.builder("t").model("m").region("r").account("a").build();

  @Property(tries = 300)
  void restsGrowWithinTheirBoundsAndNeverGetShorter(@ForAll long seed) {
    Random random = new Random(seed);
    VirtualClock clock = new VirtualClock();
    ClockedCoolDowns coolDowns = new ClockedCoolDowns(clock, new Random(seed + 1));
    long until = Long.MIN_VALUE;
    int streak = 0;
    for (int step = 0; step < 80; step++) {
      clock.advance(pause(random));
      long before = coolDowns.remaining(target);
      boolean resting = until > clock.nanos();
      assertThat(before).isEqualTo(resting ? until - clock.nanos() : 0);
      boolean named = random.nextInt(3) == 0;
      Duration wait = Duration.ofMillis(1 + random.nextInt(20_000));
      if (!resting) {
        boolean again = until != Long.MIN_VALUE && clock.nanos() - until < CLEAN;
        streak = again ? Math.min(streak + 1, 4) : 0;
      }

      coolDowns.cool(target, named ? throttledFor(wait) : THROTTLED);

      long after = coolDowns.remaining(target);
      assertThat(after).isGreaterThanOrEqualTo(before);
      if (named) {
        assertThat(after).isEqualTo(Math.max(before, wait.toNanos()));
      } else if (resting) {
        assertThat(after).isEqualTo(before);
      } else {
        double longest = BASE * (1L << streak);
        assertThat((double) after).isBetween(0.8 * longest - 1, 1.2 * longest + 1);
        assertThat((double) after).isLessThanOrEqualTo(16 * 1.2 * BASE + 1);
      }
      until = clock.nanos() + after;
    }
  }

  @Property(tries = 50)
  void restsAreSpreadSoThatRoutersDoNotComeBackTogether(@ForAll @LongRange(min = 0) long seed) {
    List<Long> rests = new ArrayList<>();
    Random random = new Random(seed);
    for (int router = 0; router < 40; router++) {
      ClockedCoolDowns coolDowns = new ClockedCoolDowns(new VirtualClock(), random);
      coolDowns.cool(target, THROTTLED);
      rests.add(coolDowns.remaining(target));
    }

    assertThat(rests.stream().mapToLong(rest -> rest).max().orElseThrow())
        .isGreaterThan((long) (1.05 * BASE));
    assertThat(rests.stream().mapToLong(rest -> rest).min().orElseThrow())
        .isLessThan((long) (0.95 * BASE));
  }

  /**
   * A history of a domain that is down: who is let in, while it rests and until it is proven. Time
   * passes between two events: what came first within one nanosecond nobody can tell.
   */
  @Property(tries = 300)
  void whatWasDownIsProbedByOneCallUntilItIsAnsweredOrASecondHasPassed(@ForAll long seed) {
    Random random = new Random(seed);
    VirtualClock clock = new VirtualClock();
    ClockedCoolDowns coolDowns = new ClockedCoolDowns(clock, new Random(seed + 1));
    Target sibling = Target.builder("s").model("m").region("r").account("other").build();
    Consequence outOfCapacity =
        Consequences.of(
            Failure.of(FailureKind.NO_CAPACITY, "x"),
            new Evidence(false, true, 1, false),
            FailurePolicy.DEFAULTS);
    @Nullable Permit probe = null;
    long probedAt = 0;
    boolean down = false;
    for (int step = 0; step < 120; step++) {
      clock.advance(Duration.ofMillis(1 + random.nextInt(700)));
      long rest = coolDowns.remaining(target);
      if (probe != null && random.nextInt(3) == 0) {
        boolean answered = random.nextBoolean();
        probe.release(answered ? ANSWERED : FAILED);
        probe = null;
        down &= !(answered && rest <= 0);
      } else if (random.nextInt(12) == 0) {
        coolDowns.cool(target, outOfCapacity);
        down = true;
      } else {
        Target asked = random.nextBoolean() ? target : sibling;
        Object entry = coolDowns.tryEnter(asked);
        boolean alone = probe != null && clock.nanos() - probedAt < EXCLUSIVE;
        assertThat(entry instanceof Permit).isEqualTo(!down || (rest <= 0 && !alone));
        if (down && probe == null && entry instanceof Permit first) {
          probe = first;
          probedAt = clock.nanos();
        }
      }
    }
  }

  /** Sometimes within the rest, sometimes just after it, sometimes after a clean minute. */
  private static Duration pause(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Duration.ofSeconds(30 + random.nextInt(120));
      case 1, 2 -> Duration.ofMillis(random.nextInt(20_000));
      default -> Duration.ofMillis(random.nextInt(2_000));
    };
  }
}
