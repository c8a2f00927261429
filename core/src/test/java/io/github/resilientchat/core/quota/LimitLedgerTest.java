package io.github.resilientchat.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.VirtualClock;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LimitLedgerTest {

  private final VirtualClock clock = new VirtualClock();

  @Test
  void requestThatFitsOneLimitButNotTheOtherTakesNothing() {
    LimitLedger ledger = new LimitLedger(Limits.parse("2rpm 1ktpm"), clock);
    ledger.tryReserve(900);

    assertThat(ledger.tryReserve(200)).isInstanceOf(LimitLedger.Full.class);

    assertThat(ledger.remainingRequests()).hasValue(1);
    assertThat(ledger.remainingTokens()).hasValue(100);
  }

  @Test
  void slotOfAConcurrencyLimitIsFreeAgainHoweverTheCallEnds() {
    LimitLedger ledger = new LimitLedger(Limits.parse("1par"), clock);
    for (int ending = 0; ending < 3; ending++) {
      Reservation running = (Reservation) ledger.tryReserve(1);
      assertThat(ledger.tryReserve(1)).isInstanceOf(LimitLedger.Full.class);
      switch (ending) {
        case 0 -> running.settle(1);
        case 1 -> running.keep();
        default -> running.giveBack();
      }
    }
    assertThat(ledger.running()).isZero();
  }

  @Test
  void manyThreadsTogetherGetExactlyTheLimit() throws Exception {
    LimitLedger ledger = new LimitLedger(Limits.parse("500rpm"), clock);
    int threads = 8;
    AtomicInteger admitted = new AtomicInteger();
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    for (int thread = 0; thread < threads; thread++) {
      pool.submit(
          () -> {
            start.await();
            for (int call = 0; call < 200; call++) {
              if (ledger.tryReserve(1) instanceof Reservation reservation) {
                admitted.incrementAndGet();
                reservation.settle(1);
              }
            }
            return null;
          });
    }
    pool.shutdown();
    assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

    assertThat(admitted).hasValue(500);
    assertThat(ledger.running()).isZero();
  }
}
