package io.github.resilientchat.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Newcomers who share an account, and get one of their own later. */
class OverflowTest {

  private static final long TOKENS = 1_000;

  private final VirtualClock clock = new VirtualClock();

  private PlanQuotas quotas(String limits, long accounts) {
    return PlanQuotas.builder()
        .limits(Limits.parse(limits))
        .maxAccounts(accounts)
        .ticker(clock)
        .clock(clock)
        .build();
  }

  private static Admission ask(CallerQuotas quotas, String user, long tokens) {
    return quotas.admit(ModelCall.blocking(Caller.user(user), new TokenEstimate(tokens, 0)));
  }

  private static Reservation let(CallerQuotas quotas, String user, long tokens) {
    return ((Admission.Granted) ask(quotas, user, tokens)).reservation();
  }

  @Example
  void whoseCallRunsInTheSharedAccountGetsNoSecondOneInHerOwn() {
    CallerQuotas quotas = quotas("1par", 1);
    Reservation others = let(quotas, "ann", 1);
    Reservation first = let(quotas, "bob", 1);
    others.giveBack();

    assertThat(ask(quotas, "bob", 1)).isInstanceOf(Admission.Refused.class);

    first.giveBack();
    let(quotas, "bob", 1);
  }

  @Example
  void whatHerCallInTheSharedAccountUsesLaterIsHersToPay() {
    CallerQuotas quotas = quotas("1ktpm", 1);
    let(quotas, "ann", 1).giveBack();
    Reservation others = let(quotas, "ann", 1);
    Reservation first = let(quotas, "bob", 100);
    others.giveBack();
    assertThat(ask(quotas, "bob", 10)).isInstanceOf(Admission.Granted.class);

    first.settle(2_000);

    assertThat(ask(quotas, "bob", 10)).isInstanceOf(Admission.Refused.class);
  }

  @Example
  void othersGetAccountsOfTheirOwnMeanwhile() {
    PlanQuotas quotas = quotas("1par", 1);
    Reservation others = let(quotas, "ann", 1);
    let(quotas, "bob", 1);
    others.giveBack();

    let(quotas, "cat", 1);
    assertThat(quotas.accounts()).isEqualTo(1);
  }

  /** Of whoever it is, and in whichever account. */
  @Property(tries = 200)
  void nobodyHasMoreCallsOrTokensThanHerLimit(
      @ForAll @LongRange long seed, @ForAll @IntRange(min = 20, max = 300) int steps) {
    Random random = new Random(seed);
    CallerQuotas quotas = quotas("2par 1ktpm", 2);
    Map<String, List<Reservation>> open = new HashMap<>();
    Map<String, List<long[]>> used = new HashMap<>();
    for (int step = 0; step < steps; step++) {
      clock.advance(Duration.ofSeconds(random.nextInt(6) == 0 ? 70 : random.nextInt(3)));
      String user = "user" + random.nextInt(5);
      long tokens = 1 + random.nextInt(400);
      if (ask(quotas, user, tokens) instanceof Admission.Granted granted) {
        open.computeIfAbsent(user, who -> new ArrayList<>()).add(granted.reservation());
        used.computeIfAbsent(user, who -> new ArrayList<>())
            .add(new long[] {clock.nanos(), tokens});
      }
      assertThat(open.getOrDefault(user, List.of())).hasSizeLessThanOrEqualTo(2);
      assertThat(inAMinute(used.getOrDefault(user, List.of()))).isLessThanOrEqualTo(TOKENS);
      List<Reservation> running = open.getOrDefault("user" + random.nextInt(5), List.of());
      if (!running.isEmpty()) {
        running.remove(random.nextInt(running.size())).keep();
      }
    }
  }

  private long inAMinute(List<long[]> used) {
    return used.stream()
        .filter(one -> clock.nanos() - one[0] < Duration.ofMinutes(1).toNanos())
        .mapToLong(one -> one[1])
        .sum();
  }
}
