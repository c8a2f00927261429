package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.VirtualClock;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** Reservations and settlements from many threads behave as if they came one after the other. */
@Param(name = "which", gen = IntGen.class, conf = "0:2")
@Param(name = "tokens", gen = IntGen.class, conf = "0:400")
public class LimitLedgerLincheckTest {

  private final LimitLedger ledger =
      new LimitLedger(Limits.parse("6rpm 1ktpm 5par"), new VirtualClock());
  private final List<Reservation> open =
      List.of(
          (Reservation) ledger.tryReserve(200),
          (Reservation) ledger.tryReserve(200),
          (Reservation) ledger.tryReserve(200));

  @Operation
  public String reserve(@Param(name = "tokens") int tokens) {
    return ledger.tryReserve(tokens) instanceof LimitLedger.Full full
        ? full.limit().toString()
        : "reserved";
  }

  @Operation
  public void settle(@Param(name = "which") int which, @Param(name = "tokens") int tokens) {
    open.get(which).settle(tokens);
  }

  @Operation
  public void giveBack(@Param(name = "which") int which) {
    open.get(which).giveBack();
  }

  @Operation
  public long remainingTokens() {
    return ledger.remainingTokens().orElseThrow();
  }

  @Operation
  public long running() {
    return ledger.running();
  }

  @Test
  void reservationsAreLinearizable() {
    new StressOptions()
        .iterations(10)
        .invocationsPerIteration(200)
        .threads(3)
        .actorsPerThread(3)
        .check(LimitLedgerLincheckTest.class);
  }
}
