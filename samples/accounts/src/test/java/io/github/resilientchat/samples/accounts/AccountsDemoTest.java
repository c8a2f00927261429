package io.github.resilientchat.samples.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AccountsDemoTest {

  private static final int TRIES = 3;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @Test
  void accountsByRoleHoldUnderLoad() throws InterruptedException {
    Verdicts verdicts = onACalmMachine();

    assertThat(verdicts.summary())
        .as(printed.toString(StandardCharsets.UTF_8))
        .isEqualTo("accounts: 6 passed, 0 failed");
    assertThat(verdicts.allPassed()).isTrue();
  }

  /** What failed while the machine stood still is no verdict; any other failure is. */
  private Verdicts onACalmMachine() throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try (Standstill standstill = new Standstill()) {
        Verdicts verdicts = new AccountsDemo(out).run();
        if (verdicts.allPassed() || tries == TRIES || !standstill.wasLong()) {
          return verdicts;
        }
      }
    }
  }

  @Test
  void claimThatFailsOrIsNeverTriedCountsAsFailed() {
    Verdicts verdicts = new Verdicts(out);
    verdicts.add("one", true, "seen");
    verdicts.add("two", false, "not seen");

    assertThat(verdicts.allPassed()).isFalse();
    assertThat(verdicts.summary()).isEqualTo("accounts: 1 passed, 5 failed");
  }
}
