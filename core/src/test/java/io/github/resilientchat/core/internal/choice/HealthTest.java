package io.github.resilientchat.core.internal.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthTest {

  private final Health health = new Health();

  private static long at(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void answerThatWasOnItsWayBeforeAFailureProvesNothingAfterIt() {
    for (int second = 0; second < 60; second++) {
      health.answered(at(second), at(second));
    }
    health.failed(at(60));
    health.answered(at(59), at(61));

    assertThat(health.isWell(at(62))).isFalse();
    assertThat(health.isUnasked(0, at(68))).as("somebody has to find out").isTrue();

    health.answered(at(68), at(69));
    assertThat(health.isWell(at(69))).isTrue();
    assertThat(health.isUnasked(0, at(90))).isFalse();
  }

  @Test
  void whoHangsIsAskedTheLessTheMoreWaitForIt() {
    health.failed(at(0));
    health.asked(at(10));

    assertThat(health.isUnasked(0, at(18))).isTrue();
    assertThat(health.isUnasked(1, at(18))).isFalse();
    assertThat(health.isUnasked(1, at(25))).isTrue();
    assertThat(health.isUnasked(2, at(25))).isFalse();
  }
}
