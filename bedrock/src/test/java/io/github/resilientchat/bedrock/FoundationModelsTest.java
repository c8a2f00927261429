package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoundationModelsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"us", "us-gov", "eu", "apac", "jp", "au", "ca", "in", "global", "sa", "us-iso"})
  void geographyIsNoPartOfTheModel(String geography) {
    assertThat(FoundationModels.of(geography + ".anthropic.claude-sonnet-4-6"))
        .isEqualTo("anthropic.claude-sonnet-4-6");
  }

  @ParameterizedTest
  @CsvSource({
    "us.amazon.nova-pro-v1:0, amazon.nova-pro-v1:0",
    "us.deepseek.v3.2, deepseek.v3.2",
    "us.mistral.pixtral-large-2502-v1:0, mistral.pixtral-large-2502-v1:0"
  })
  void restIsLeftAsItIs(String profile, String model) {
    assertThat(FoundationModels.of(profile)).isEqualTo(model);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-sonnet-4-6",
        "arn:aws:bedrock:eu-west-1:222222222222:inference-profile/global.anthropic.claude-sonnet-4-6",
        "arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/anthropic.claude-sonnet-4-6"
      })
  void arnThatHoldsTheModelsIdIsReadAsTheId(String arn) {
    assertThat(FoundationModels.of(arn)).isEqualTo("anthropic.claude-sonnet-4-6");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anthropic.claude-3-haiku-20240307-v1:0",
        "deepseek.v3.2",
        "ai21.jamba-1-5-large-v1:0",
        "us.claude",
        "us.",
        "us..claude",
        "us.anthropic.",
        "us",
        "",
        "usa.anthropic.claude",
        "US.anthropic.claude",
        "globally.anthropic.claude",
        "my-model",
        "arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abcdef123456",
        "arn:aws:sagemaker:us-east-1:111122223333:inference-profile/us.anthropic.claude-sonnet-4-6",
        "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/a1b2.c3.d4"
      })
  void everyOtherIdStandsForItself(String id) {
    assertThat(FoundationModels.of(id)).isEqualTo(id);
  }
}
