package io.github.resilientchat.benchmarks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What quiet tenants get beside a noisy one. */
class FairSharesTest {

  /** The worst tenant of all of them counts. */
  private static final int SEEDS = 50;

  private static final int SEEDS_WITHOUT = 3;

  @Test
  void eachQuietTenantGetsHerShareAndWhatIsLeftIsLent() {
    Tenants.Result shared = Tenants.over(SEEDS, true);
    Tenants.Result raced = Tenants.over(SEEDS_WITHOUT, false);

    System.out.println("fair shares: " + shared + ", without: " + raced);
    assertThat(shared.worstQuiet()).isGreaterThanOrEqualTo(95);
    assertThat(shared.served()).isGreaterThanOrEqualTo(95);
    assertThat(shared.lent()).isGreaterThanOrEqualTo(95);
    // Or the test shows nothing.
    assertThat(raced.worstQuiet()).isLessThan(90);
  }
}
