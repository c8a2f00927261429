package io.github.resilientchat.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.VirtualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class LimitLedgerPropertyTest {

  private static final long CAPACITY = 10_000;

  @Property(tries = 300)
  void chargesWhatWasUsedAndNeverAdmitsMoreThanCapacityAndRefill(
      @ForAll @LongRange long seed, @ForAll @IntRange(min = 10, max = 200) int steps) {
    Random random = new Random(seed);
    VirtualClock clock = new VirtualClock();
    LimitLedger ledger = new LimitLedger(Limits.parse("10ktpm"), clock);
    long start = clock.nanos();
    long charged = 0;
    Deque<Long> openTokens = new ArrayDeque<>();
    Deque<Reservation> open = new ArrayDeque<>();
    for (int step = 0; step < steps; step++) {
      clock.advance(Duration.ofMillis(random.nextInt(500)));
      long tokens = 1 + random.nextInt((int) CAPACITY);
      if (ledger.tryReserve(tokens) instanceof Reservation reservation) {
        open.add(reservation);
        openTokens.add(tokens);
        charged += tokens;
      }
      if (!open.isEmpty() && random.nextBoolean()) {
        long reserved = openTokens.remove();
        long used = random.nextInt((int) reserved + 1);
        open.remove().settle(used);
        charged -= reserved - used;
      }
      double refilled = (clock.nanos() - start) * (CAPACITY / 60e9);
      assertThat((double) charged).isLessThanOrEqualTo(CAPACITY + refilled + 1);
      assertThat(ledger.running()).isEqualTo(open.size());
    }
  }

  @Property(tries = 300)
  void theWaitThatARefusalNamesIsExactlyEnough(
      @ForAll @LongRange(min = 1, max = 100_000) long rate,
      @ForAll @IntRange(min = 1, max = 50) int taken) {
    VirtualClock clock = new VirtualClock();
    LimitLedger ledger =
        new LimitLedger(new Limits(java.util.List.of(new Limit(rate, Limit.Unit.RPM))), clock);
    for (int call = 0; call < taken; call++) {
      ledger.tryReserve(0);
    }
    if (ledger.tryReserve(0) instanceof LimitLedger.Full full) {
      clock.advance(full.retryAfter().minusNanos(1));
      assertThat(ledger.tryReserve(0)).isInstanceOf(LimitLedger.Full.class);
      clock.advance(Duration.ofNanos(1));
      assertThat(ledger.tryReserve(0)).isInstanceOf(Reservation.class);
    }
  }

  @Property(tries = 50)
  void endingAReservationTwiceCountsOnce(@ForAll @LongRange(min = 1, max = 5_000) long tokens) {
    VirtualClock clock = new VirtualClock();
    LimitLedger ledger = new LimitLedger(Limits.parse("10ktpm 5par"), clock);
    Reservation reservation = (Reservation) ledger.tryReserve(tokens);

    reservation.settle(1);
    reservation.giveBack();
    reservation.keep();

    assertThat(ledger.remainingTokens()).hasValue(CAPACITY - 1);
    assertThat(ledger.running()).isZero();
  }
}
