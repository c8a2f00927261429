package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class QuotaKeyTest {

  private static QuotaKey key(String id) {
    return QuotaKey.of(id, "us-east-1", "prod");
  }

  @Test
  void idAndArnOfOneProfileDrawOnOneQuota() {
    assertThat(
            key(
                "arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-sonnet-4-6"))
        .isEqualTo(key("us.anthropic.claude-sonnet-4-6"));
  }

  @Test
  void bareIdGeographyAndGlobalProfileAreThreeQuotas() {
    assertThat(
            Set.of(
                key("amazon.nova-2-lite-v1:0"),
                key("us.amazon.nova-2-lite-v1:0"),
                key("global.amazon.nova-2-lite-v1:0")))
        .extracting(QuotaKey::family)
        .containsExactlyInAnyOrder(QuotaKey.Family.values());
  }

  @Test
  void applicationProfileHasAQuotaOfItsOwn() {
    String arn = "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/a1b2c3";
    assertThat(key(arn)).isNotEqualTo(key("us.anthropic.claude-sonnet-4-6"));
    assertThat(key(arn).model()).isEqualTo(arn);
  }

  @Test
  void anotherSourceRegionOrAccountIsAnotherQuota() {
    String id = "us.anthropic.claude-sonnet-4-6";
    assertThat(key(id)).isNotEqualTo(QuotaKey.of(id, "us-west-2", "prod"));
    assertThat(key(id)).isNotEqualTo(QuotaKey.of(id, "us-east-1", "burst"));
    assertThat(key(id)).hasToString("CROSS_REGION anthropic.claude-sonnet-4-6@us-east-1/prod");
  }
}
