package io.github.resilientchat.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A ledger that has a part of its limits, because other instances have the rest. */
class LimitSliceTest {

  private final VirtualClock clock = new VirtualClock();

  private LimitLedger ledger(String limits, double share) {
    LimitLedger ledger = new LimitLedger(Limits.parse(limits), clock);
    ledger.share(share);
    return ledger;
  }

  private static int passing(LimitLedger ledger, int calls, long tokens) {
    int passed = 0;
    for (int i = 0; i < calls; i++) {
      passed += ledger.tryReserve(tokens) instanceof Taken ? 1 : 0;
    }
    return passed;
  }

  @Test
  void sliceIsSavedAndRefillsAsAPartOfTheLimit() {
    LimitLedger ledger = ledger("60rpm", 0.25);
    assertThat(passing(ledger, 100, 1)).isEqualTo(15);
    clock.advance(Duration.ofSeconds(20));
    assertThat(passing(ledger, 100, 1)).isEqualTo(5);
  }

  @Test
  void fourSlicesLetThroughWhatOneLimitDoes() {
    int passed = 0;
    for (int instance = 0; instance < 4; instance++) {
      passed += passing(ledger("100ktpm", 0.25), 1_000, 500);
    }
    assertThat(passed).isEqualTo(200);
  }

  @Test
  void sliceThatGrowsBringsNothingSavedWithIt() {
    LimitLedger ledger = ledger("60rpm", 0.25);
    passing(ledger, 100, 1);
    ledger.share(1);
    assertThat(passing(ledger, 100, 1)).isZero();
    clock.advance(Duration.ofSeconds(10));
    assertThat(passing(ledger, 100, 1)).isEqualTo(10);
  }

  @Test
  void sliceThatShrinksGivesUpWhatIsSaved() {
    LimitLedger ledger = ledger("60rpm", 1);
    ledger.share(0.1);
    assertThat(passing(ledger, 100, 1)).isEqualTo(6);
    assertThat(ledger.shareLeft(clock.nanos())).isZero();
  }

  @Test
  void oneRequestAndOneCallAtATimeAreInEverySlice() {
    LimitLedger requests = ledger("3rpm", 0.01);
    assertThat(passing(requests, 10, 1)).isEqualTo(1);
    clock.advance(Duration.ofMinutes(1));
    assertThat(passing(requests, 10, 1)).isZero();
    assertThat(passing(ledger("8par", 0.3), 10, 1)).isEqualTo(2);
    assertThat(passing(ledger("8par", 0.01), 10, 1)).isEqualTo(1);
  }

  @Test
  void whatIsWantedIsToldOnceWhetherItPassedOrNot() {
    LimitLedger ledger = ledger("60rpm 10ktpm", 0.5);
    passing(ledger, 90, 10);
    assertThat(ledger.takeWanted()).isEqualTo(1.5);
    assertThat(ledger.takeWanted()).isZero();
    passing(ledger, 1, 20_000);
    assertThat(ledger.takeWanted()).isEqualTo(2);
  }
}
