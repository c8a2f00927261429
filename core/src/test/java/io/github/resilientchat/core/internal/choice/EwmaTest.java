package io.github.resilientchat.core.internal.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EwmaTest {

  private static final double TAU = Duration.ofSeconds(30).toNanos();
  private static final long STEP = Duration.ofMillis(200).toNanos();

  @Test
  void aSlowFirstSampleIsOneOfMany() {
    Ewma average = Ewma.levelled(TAU);
    average.observe(5, 0);
    for (int sample = 1; sample < 10; sample++) {
      average.observe(0.5, sample * STEP);
    }

    assertThat(average.value()).isCloseTo(0.95, within(0.001));
  }

  @Test
  void ofManyWordsInAMomentOneIsEnough() {
    Ewma average = Ewma.levelled(TAU);
    for (int sample = 0; sample < 100; sample++) {
      average.observe(5, sample * STEP);
    }

    assertThat(average.isBusy(99 * STEP + 1)).isTrue();
    assertThat(average.isBusy(99 * STEP + Ewma.GRAIN_NANOS)).isFalse();
  }

  @Test
  void whatIsAsItWasChangesNothingAndWhatIsNotCountsAtOnce() {
    Ewma failures = new Ewma(TAU);
    for (int sample = 0; sample < 100; sample++) {
      failures.observe(0, sample);
    }
    for (int sample = 0; sample < 50; sample++) {
      failures.observe(1, 100 + sample);
    }

    assertThat(failures.value()).isCloseTo(1 - Math.pow(0.98, 50), within(0.001));
  }

  @Test
  void afterSilenceTheNewestCountsMost() {
    Ewma average = Ewma.levelled(TAU);
    for (int sample = 0; sample < 100; sample++) {
      average.observe(5, sample * STEP);
    }
    average.observe(1, 100 * STEP + Duration.ofMinutes(3).toNanos());

    assertThat(average.value()).isCloseTo(1, within(0.05));
  }
}
