package io.github.resilientchat.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UndisturbedTest {

  /** A thread that looks every 20 ms is always later than that. */
  private static final Duration ALWAYS = Duration.ofNanos(1);

  private static final Duration NEVER = Duration.ofDays(1);

  private int tries;

  @Test
  void failureWhileTheMachineGoesOnCountsAtOnce() {
    assertThatThrownBy(() -> Undisturbed.holds(NEVER, this::failsOnce)).hasMessage("failure 1");
  }

  @Test
  void failureWhileItStandsStillIsTriedAgain() throws Throwable {
    Undisturbed.holds(ALWAYS, this::failsOnce);

    assertThat(tries).isEqualTo(2);
  }

  @Test
  void whatIsUntrueThreeTimesIsUntrue() {
    assertThatThrownBy(() -> Undisturbed.holds(ALWAYS, this::fails)).hasMessage("failure 3");
  }

  @Test
  void whatIsTrueIsCheckedOnce() throws Throwable {
    Undisturbed.holds(() -> tries++);

    assertThat(tries).isEqualTo(1);
  }

  private void failsOnce() {
    if (tries == 0) {
      fails();
    }
    tries = 2;
  }

  private void fails() {
    tries++;
    throw new AssertionError("failure " + tries);
  }
}
