package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Capability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCatalogueTest {

  private final ModelCatalogue catalogue = ModelCatalogue.bundled();

  @ParameterizedTest
  @CsvSource({
    "us.anthropic.claude-opus-4-8, 15",
    "global.anthropic.claude-opus-5-5, 10",
    "us.anthropic.claude-sonnet-5, 10",
    "anthropic.claude-sonnet-4-6, 5",
    "us.openai.gpt-6-sol, 10",
    "amazon.nova-pro-v1:0, 1",
    "openai.gpt-oss-120b-1:0, 1"
  })
  void burndownIsTheModels(String id, int burndown) {
    assertThat(catalogue.of(id))
        .get()
        .extracting(ModelCatalogue.Facts::burndown)
        .isEqualTo(burndown);
  }

  @Test
  void modelThatOnlyReadsTextTakesNoImagesAndTheRestItTakes() {
    assertThat(catalogue.of("openai.gpt-oss-20b-1:0").orElseThrow().capabilities())
        .doesNotContain(Capability.IMAGES, Capability.CACHE_POINTS)
        .contains(Capability.TOOLS, Capability.SYSTEM_PROMPTS, Capability.SERVICE_TIER);
  }

  @Test
  void modelThatRefusesCachePointsWith403IsNotSentAny() {
    assertThat(catalogue.of("us.xai.grok-4.6").orElseThrow().capabilities())
        .doesNotContain(Capability.CACHE_POINTS)
        .contains(Capability.TOOLS, Capability.REASONING);
  }

  @Test
  void ofAModelThatNobodyKnowsNothingIsSaid() {
    assertThat(catalogue.of("acme.new-1")).isEmpty();
    assertThat(
            catalogue.of(
                "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/a1b2"))
        .isEmpty();
  }
}
