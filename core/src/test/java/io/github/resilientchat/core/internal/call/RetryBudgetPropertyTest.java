package io.github.resilientchat.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Against the plain history of a route. The budget counts in slots of a second, so what lies
 * between nine and ten seconds back may or may not still count.
 */
class RetryBudgetPropertyTest {

  private static final int FLOOR = 10;
  private static final long WINDOW = Duration.ofSeconds(10).toNanos();

  /** Seconds are counted whole, so a moment at the edge counts or not. */
  private static final long EDGE = Duration.ofSeconds(1).toNanos();

  private final VirtualClock clock = new VirtualClock();
  private final List<Long> calls = new ArrayList<>();
  private final List<Long> retries = new ArrayList<>();

  private long since(List<Long> moments, long nanos) {
    return moments.stream().filter(moment -> clock.nanos() - moment < nanos).count();
  }

  @Property(tries = 300)
  void retriesStayWithinTheirShareOfTheCallsAndAreNotRefusedWithinIt(
      @ForAll @IntRange(min = 0, max = 100) int percent, @ForAll long seed) {
    Random random = new Random(seed);
    RetryBudget budget = new RetryBudget(percent);
    calls.clear();
    retries.clear();
    for (int step = 0; step < 60; step++) {
      clock.advance(Duration.ofMillis(pause(random)));
      for (int call = random.nextInt(40); call > 0; call--) {
        budget.called(clock.nanos());
        calls.add(clock.nanos());
      }
      for (int retry = random.nextInt(12); retry > 0; retry--) {
        tryRetry(budget, percent);
      }
    }
  }

  private void tryRetry(RetryBudget budget, int percent) {
    if (budget.tryRetry(clock.nanos())) {
      retries.add(clock.nanos());
      long allowed = Math.max(FLOOR, since(calls, WINDOW) * percent / 100);
      assertThat(since(retries, WINDOW)).isLessThanOrEqualTo(allowed);
    } else {
      long allowed = Math.max(FLOOR, since(calls, WINDOW - EDGE) * percent / 100);
      assertThat(since(retries, WINDOW + EDGE)).isGreaterThanOrEqualTo(allowed);
    }
  }

  /** Mostly short, sometimes longer than all that is remembered. */
  private static int pause(Random random) {
    return random.nextInt(10) == 0 ? random.nextInt(40_000) : random.nextInt(800);
  }
}
