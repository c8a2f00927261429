package io.github.resilientchat.samples.quotafleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotaFleetTest {

  @Test
  void twoProcessesTogetherAdmitWhatOneLimitAllowsAndNoMore() throws Exception {
    assertThat(QuotaFleet.run()).isTrue();
  }
}
