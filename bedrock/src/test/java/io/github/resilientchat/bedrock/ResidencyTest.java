package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResidencyTest {

  private static final String ARN = "arn:aws:bedrock:us-east-1:111111111111:";

  @ParameterizedTest
  @CsvSource({
    "us, us.anthropic.claude-sonnet-4-6, us-east-1",
    "us, anthropic.claude-sonnet-4-6, us-west-1",
    "us, arn:aws:bedrock:us-east-1:111111111111:inference-profile/us.anthropic.claude-sonnet-4-6, us-east-1",
    "us, arn:aws:bedrock:us-east-1:111111111111:provisioned-model/abc, us-east-1",
    "eu, eu.amazon.nova-pro-v1:0, eu-west-1",
    "jp, jp.anthropic.claude-sonnet-4-6, ap-northeast-1",
    "apac, apac.amazon.nova-pro-v1:0, ap-southeast-2",
    "us-east-1, amazon.nova-pro-v1:0, us-east-1"
  })
  void whatStaysInsidePasses(String residency, String model, String region) {
    assertThat(Residency.of(List.of(residency)).objection(model, region)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "us, global.anthropic.claude-sonnet-4-6, us-east-1, any Region",
    "us, eu.anthropic.claude-sonnet-4-6, eu-west-1, eu-central-1",
    "us, us.anthropic.claude-sonnet-4-6, ca-central-1, ca-central-1",
    "us, amazon.nova-pro-v1:0, eu-west-1, eu-west-1",
    "eu, eu.anthropic.claude-sonnet-4-6, eu-west-2, eu-west-2",
    "us-east-1, us.anthropic.claude-sonnet-4-6, us-east-1, us-east-2",
    "au, apac.amazon.nova-pro-v1:0, ap-southeast-2, ap-northeast-1",
    "us, xx.anthropic.claude-sonnet-4-6, us-east-1, does not tell"
  })
  void whatMayLeaveIsNamed(String residency, String model, String region, String destination) {
    assertThat(Residency.of(List.of(residency)).objection(model, region).orElseThrow())
        .contains(destination);
  }

  @Test
  void applicationProfileDoesNotTell() {
    assertThat(
            Residency.of(List.of("us"))
                .objection(ARN + "application-inference-profile/abc", "us-east-1"))
        .contains("its id does not tell where it may be served");
    assertThat(
            Residency.of(List.of("us"))
                .objection(ARN + "inference-profile/global.a.b", "us-east-1")
                .orElseThrow())
        .contains("any Region");
  }

  @Test
  void areasAndRegionsAddUp() {
    Residency residency = Residency.of(List.of("eu", "eu-west-2"));
    assertThat(residency.objection("eu.anthropic.claude-sonnet-4-6", "eu-west-2")).isEmpty();
    assertThat(residency).hasToString("eu, eu-west-2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Residency.of(List.of("europe")))
        .withMessageContaining("europe")
        .withMessageContaining("apac, au, ca, eu, in, jp, us, us-gov");
  }
}
