package io.github.resilientchat.samples.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.testsupport.Undisturbed;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AccountsDemoTest {

  /** In which a session ends before it is renewed. */
  private static final Duration STANDSTILL = Duration.ofSeconds(2);

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @Test
  void accountsByRoleHoldUnderLoad() throws Throwable {
    Undisturbed.holds(
        STANDSTILL,
        () -> {
          Verdicts verdicts = new AccountsDemo(out).run();

          assertThat(verdicts.summary())
              .as(printed.toString(StandardCharsets.UTF_8))
              .isEqualTo("accounts: 6 passed, 0 failed");
          assertThat(verdicts.allPassed()).isTrue();
        });
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
