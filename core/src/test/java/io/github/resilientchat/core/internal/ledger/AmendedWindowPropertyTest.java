package io.github.resilientchat.core.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.VirtualClock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A window whose limit changes, to nothing and back too, while calls are counted and in debt. */
class AmendedWindowPropertyTest {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final int[] AMOUNTS = {0, 0, 100, 1_000, 5_000};

  private final VirtualClock clock = new VirtualClock();
  private final Calendar calendar = new Calendar(clock, clock, ZoneOffset.UTC);
  private Sheet sheet = window(1_000);
  private Account account = new Account(sheet);

  private void begin(long amount) {
    sheet = window(amount);
    account = new Account(sheet);
  }

  private static Sheet window(long amount) {
    return Sheet.builder().sliding(Counted.TOKENS, amount, MINUTE).build();
  }

  private Claim claim(long tokens) {
    return new Claim(new Account[] {account}, tokens, 0, calendar.now());
  }

  @Test
  void whatWasOwedUnderALimitOfNothingIsPaidWhenItIsRaised() {
    Claim stream = claim(500);
    assertThat(stream.take(null)).isNull();
    sheet.amend(window(0));
    clock.advance(Duration.ofSeconds(65));
    stream.end(700, 0, false);
    assertThat(account.used(0, calendar.now())).isEqualTo(200);

    sheet.amend(window(1_000));

    @Nullable Shortage shortage = claim(900).take(null);
    assertThat(shortage).isNotNull();
    assertThat(shortage.waitNanos()).isBetween(MINUTE, MINUTE + MINUTE / 12);
    clock.advance(Duration.ofNanos(shortage.waitNanos()));
    assertThat(claim(900).take(null)).isNull();
  }

  @Property(tries = 400)
  void theWaitIsExactlyEnoughWhateverTheLimitWas(
      @ForAll @LongRange long seed, @ForAll @IntRange(min = 1, max = 60) int steps) {
    Random random = new Random(seed);
    long amount = AMOUNTS[random.nextInt(AMOUNTS.length)];
    begin(amount);
    List<Claim> open = new ArrayList<>();
    List<long[]> granted = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      if (random.nextInt(4) == 0) {
        amount = AMOUNTS[random.nextInt(AMOUNTS.length)];
        sheet.amend(window(amount));
      }
      clock.advance(Duration.ofMillis(random.nextInt(5) == 0 ? random.nextInt(400_000) : 3_000));
      Claim claim = claim(1 + random.nextInt(1_500));
      if (claim.take(null) == null) {
        open.add(claim);
        granted.add(new long[] {claim.at().nanos(), claim.tokens()});
        assertThat(lastMinute(granted)).isLessThanOrEqualTo(amount);
      }
      while (!open.isEmpty() && random.nextInt(3) > 0) {
        // Some use far more than they reserved.
        Claim one = open.remove(random.nextInt(open.size()));
        one.end(one.tokens() + (random.nextInt(3) == 0 ? random.nextInt(9_000) : 0), 0, false);
      }
    }
    if (amount == 0) {
      assertThat(claim(1).take(null)).isNotNull();
      amount = AMOUNTS[2 + random.nextInt(3)];
      sheet.amend(window(amount));
    }
    mayEnterWhenSaid(1 + random.nextInt((int) amount));
  }

  private void mayEnterWhenSaid(long tokens) {
    @Nullable Shortage shortage = claim(tokens).take(null);
    if (shortage != null) {
      clock.advance(Duration.ofNanos(shortage.waitNanos() - 1));
      @Nullable Shortage still = claim(tokens).take(null);
      assertThat(still).isNotNull();
      assertThat(still.waitNanos()).isEqualTo(1);
      clock.advance(Duration.ofNanos(1));
      assertThat(claim(tokens).take(null)).isNull();
    }
  }

  private long lastMinute(List<long[]> granted) {
    return granted.stream()
        .filter(one -> one[0] > clock.nanos() - MINUTE)
        .mapToLong(one -> one[1])
        .sum();
  }
}
