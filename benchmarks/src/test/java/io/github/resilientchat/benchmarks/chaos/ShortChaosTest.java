package io.github.resilientchat.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Ten faults of the matrix, once each; the whole of it is the profile {@code chaos}. */
class ShortChaosTest {

  @Test
  void decoratedModelsKeepTheirPromisesUnderTenFaults() throws Exception {
    assertThat(Chaos.run("short", "1", "10")).as("see the matrix in the output").isZero();
  }
}
