package io.github.resilientchat.core.internal.call;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** Retries of many threads are charged as if they came one after the other. */
@Param(name = "second", gen = IntGen.class, conf = "0:14")
public class RetryBudgetLincheckTest {

  private static final long SECOND = 1_000_000_000;

  private final RetryBudget budget = new RetryBudget(0);

  /** Two of a quiet route's ten are left. */
  public RetryBudgetLincheckTest() {
    for (int taken = 0; taken < 8; taken++) {
      budget.tryRetry(taken * SECOND);
    }
  }

  @Operation
  public boolean tryRetry(@Param(name = "second") int second) {
    return budget.tryRetry(second * SECOND);
  }

  @Test
  void retriesAreLinearizable() {
    new StressOptions()
        .iterations(10)
        .invocationsPerIteration(200)
        .threads(3)
        .actorsPerThread(3)
        .check(getClass());
  }
}
