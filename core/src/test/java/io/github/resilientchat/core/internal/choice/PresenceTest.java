package io.github.resilientchat.core.internal.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is said of a target that comes and goes. */
class PresenceTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Presence presence = new Presence();

  @Test
  void leavingIsToldOnceAndSoIsComingBack() {
    assertThat(presence.leaves(0)).isTrue();
    assertThat(presence.leaves(SECOND)).isFalse();
    assertThat(presence.leaves(100 * SECOND)).isFalse();

    assertThat(presence.answers(120 * SECOND))
        .isEqualTo(new Presence.Back(Duration.ofSeconds(120), 1));
    assertThat(presence.answers(121 * SECOND)).isNull();
  }

  @Test
  void whoComesAndGoesIsToldOnceAMinute() {
    int told = 0;
    for (int second = 0; second < 600; second += 2) {
      told += presence.leaves(second * SECOND) ? 1 : 0;
      told += presence.answers((second + 1) * SECOND) != null ? 1 : 0;
    }
    assertThat(told).isEqualTo(20);
  }

  @Test
  void howOftenItWasLeftUnsaidIsSaidLater() {
    presence.leaves(0);
    presence.answers(SECOND);
    presence.leaves(2 * SECOND);
    presence.answers(3 * SECOND);
    presence.leaves(61 * SECOND);

    assertThat(presence.answers(62 * SECOND))
        .isEqualTo(new Presence.Back(Duration.ofSeconds(1), 2));
  }

  @Test
  void longAbsenceThatBeganSilentlyIsToldLater() {
    presence.leaves(0);
    presence.answers(SECOND);

    assertThat(presence.leaves(2 * SECOND)).isFalse();
    assertThat(presence.leaves(30 * SECOND)).isFalse();
    assertThat(presence.leaves(61 * SECOND)).isTrue();
  }
}
