package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelRegionsTest {

  private static final String ARN = "arn:aws:bedrock:";

  @ParameterizedTest
  @CsvSource({
    "us.anthropic.claude-sonnet-4-6, us-west-2",
    "us.anthropic.claude-sonnet-4-6, ca-central-1",
    "eu.anthropic.claude-sonnet-4-6, eu-central-1",
    "apac.amazon.nova-pro-v1:0, ap-northeast-1",
    "jp.anthropic.claude-sonnet-4-6, ap-northeast-3",
    "au.anthropic.claude-sonnet-4-6, ap-southeast-2",
    "us-gov.anthropic.claude-sonnet-4-6, us-gov-west-1",
    "global.anthropic.claude-sonnet-4-6, sa-east-1",
    "anthropic.claude-sonnet-4-6, eu-west-1",
    "my-own, eu-west-1"
  })
  void idsOfTheRegionsGeographyAndOfNoneAreFine(String model, String region) {
    assertThat(ModelRegions.objection(model, region)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "eu.anthropic.claude-sonnet-4-6, us-east-1",
    "us.anthropic.claude-sonnet-4-6, eu-west-1",
    "us.anthropic.claude-sonnet-4-6, us-gov-west-1",
    "us-gov.anthropic.claude-sonnet-4-6, us-east-1",
    "apac.amazon.nova-pro-v1:0, us-east-1",
    "jp.anthropic.claude-sonnet-4-6, ap-southeast-2",
    "au.anthropic.claude-sonnet-4-6, ap-northeast-1"
  })
  void profilesOfAnotherGeographyAreNamed(String model, String region) {
    assertThat(ModelRegions.objection(model, region).orElseThrow()).contains(region);
  }

  @ParameterizedTest
  @CsvSource({
    "us-west-2:123456789012:application-inference-profile/abc123, us-east-1",
    "us-west-2:123456789012:provisioned-model/abc123, eu-west-1",
    "us-west-2::foundation-model/amazon.nova-pro-v1:0, us-east-1",
    "us-east-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-6, us-east-1"
  })
  void arnsOfAnotherRegionAreNamed(String rest, String region) {
    assertThat(ModelRegions.objection(ARN + rest, region).orElseThrow()).contains(region);
    assertThat(ModelRegions.objection(ARN + rest, "us-west-2").isEmpty())
        .isEqualTo(rest.startsWith("us-west-2"));
  }
}
