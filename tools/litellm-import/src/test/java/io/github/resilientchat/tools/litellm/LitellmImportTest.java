package io.github.resilientchat.tools.litellm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class LitellmImportTest {

  static final Map<String, String> AS_IN_THE_SAMPLE =
      Map.of(
          "claude-sonnet-fallback-demo", "fallback", "claude-sonnet-loadbalance-demo", "balanced");

  static String sample() {
    try (var in = LitellmImportTest.class.getResourceAsStream("/sample.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Properties properties(String converted) {
    try {
      Properties properties = new Properties();
      properties.load(new StringReader(converted));
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Properties of(String yaml) {
    return properties(LitellmImport.convert(yaml, Map.of()));
  }

  @Test
  void sampleOfAwsGivesItsPatternsKeyForKey() {
    Properties made = properties(LitellmImport.convert(sample(), AS_IN_THE_SAMPLE));

    assertThat(made)
        .containsOnly(
            Map.entry("resilient.backend", "aws"),
            Map.entry("resilient.accounts.genai.profile", "genai"),
            Map.entry("resilient.defaults.region", "us-east-1"),
            Map.entry("resilient.defaults.account", "genai"),
            Map.entry("resilient.defaults.strategy", "weighted"),
            Map.entry("resilient.models.sonnet.id", "us.anthropic.claude-sonnet-4-6"),
            Map.entry("resilient.models.haiku.id", "us.anthropic.claude-haiku-4-5-20251001-v1:0"),
            Map.entry("resilient.routes.fallback.targets", "sonnet(3rpm 100ktpm)"),
            Map.entry("resilient.routes.fallback.fallbacks", "haiku(25rpm 250ktpm)"),
            Map.entry(
                "resilient.routes.balanced.targets", "sonnet(3rpm 100ktpm), haiku(3rpm 100ktpm)"),
            Map.entry("resilient.routes.balanced.fallbacks", "haiku(25rpm 250ktpm)"),
            Map.entry("resilient.routes.consumeramodel.targets", "sonnet(3rpm 30ktpm)"),
            Map.entry("resilient.routes.consumerbmodel.targets", "sonnet(10rpm 100ktpm)"),
            Map.entry("resilient.routes.consumercmodel.targets", "sonnet(10rpm 100ktpm)"));
  }

  @Test
  void whatIsNotInTheFileOrHasNoKeyIsTold() {
    assertThat(LitellmImport.convert(sample(), Map.of()))
        .contains(
            "# - cross-Region inference is not in model_list: section cris names us.anthropic")
        .contains("# - account sharding is not in model_list: no model uses profile 'test'")
        .contains("# - cooldown_time: ")
        .contains("# - enable_pre_call_checks: always on")
        .contains("# - claude-sonnet-fallback-quota: nothing but a fallback");
  }

  @Test
  void accountsRolesOrdersWeightsPricesAndTimesAreCarriedOver() {
    Properties made =
        of(
            """
            model_list:
              - model_name: chat
                litellm_params:
                  model: bedrock/converse/us.amazon.nova-lite-v1:0
                  aws_region_name: us-east-1
                  aws_role_name: arn:aws:iam::111122223333:role/bedrock
                  weight: 3
                  timeout: 20
                  stream_timeout: 2.5
                  input_cost_per_token: 0.00000006
                  output_cost_per_token: 0.00000024
                  max_parallel_requests: 4
              - model_name: chat
                litellm_params:
                  model: bedrock/us-west-2/us.amazon.nova-lite-v1:0
                  aws_access_key_id: os.environ/SECOND_KEY
                  aws_secret_access_key: os.environ/SECOND_SECRET
                  order: 2
            router_settings: {routing_strategy: latency-based-routing, num_retries: 2, timeout: 60}
            """);

    assertThat(made)
        .contains(
            Map.entry(
                "resilient.accounts.bedrock.role-arn", "arn:aws:iam::111122223333:role/bedrock"),
            Map.entry("resilient.accounts.account.access-key", "${SECOND_KEY}"),
            Map.entry("resilient.accounts.account.secret-key", "${SECOND_SECRET}"),
            Map.entry("resilient.models.novalite.input-price", "0.06"),
            Map.entry("resilient.models.novalite.output-price", "0.24"),
            Map.entry("resilient.routes.chat.attempt-timeout", "20s"),
            Map.entry("resilient.routes.chat.first-token-timeout", "2500ms"),
            Map.entry("resilient.defaults.attempt-timeout", "60s"),
            Map.entry("resilient.defaults.strategy", "latency"),
            Map.entry("resilient.defaults.retry.max-attempts", "3"));
    assertThat(made.getProperty("resilient.routes.chat.targets"))
        .contains("novalite")
        .contains("*3(4par)");
    assertThat(made.getProperty("resilient.routes.chat.fallbacks")).contains("novalite");
  }

  @Test
  void regionOfTheEnvironmentIsAReferenceInATargetToo() {
    Properties made =
        of(
            """
            model_list:
              - {model_name: chat, litellm_params: {model: bedrock/us.amazon.nova-lite-v1:0, aws_region_name: us-east-1}}
              - {model_name: talk, litellm_params: {model: bedrock/us.amazon.nova-lite-v1:0, aws_region_name: us-east-1}}
              - {model_name: talk, litellm_params: {model: bedrock/us.amazon.nova-lite-v1:0, aws_region_name: os.environ/SECOND_REGION}}
            """);

    assertThat(made)
        .contains(
            Map.entry("resilient.defaults.region", "us-east-1"),
            Map.entry("resilient.routes.talk.targets", "novalite, novalite@${SECOND_REGION}"));
  }

  @Test
  void deploymentsWithoutARegionAreToldOf() {
    assertThat(
            LitellmImport.convert(
                "model_list: [{model_name: chat, litellm_params: {model: bedrock/us.amazon.nova-lite-v1:0}}]",
                Map.of()))
        .contains("# - deployments without aws_region_name are in resilient.defaults.region");
  }

  @Test
  void valuesAreReadAsTheyWereWhateverStandsInThem() {
    String text =
        LitellmImport.convert(
            """
            model_list:
              - model_name: chat
                litellm_params:
                  model: bedrock/us.amazon.nova-lite-v1:0
                  aws_profile_name: 'team\\prod'
                  aws_session_name: "first\\nresilient.backend=simulator\\r\\ttab"
                  aws_external_id: " leading, trailing and g\\u00fcltig "
            """,
            Map.of());

    assertThat(text.chars()).as("ISO 8859-1 and UTF-8 alike").allMatch(c -> c < 128);
    assertThat(properties(text))
        .contains(
            Map.entry("resilient.backend", "aws"),
            Map.entry("resilient.accounts.teamprod.profile", "team\\prod"),
            Map.entry(
                "resilient.accounts.teamprod.session-name",
                "first\nresilient.backend=simulator\r\ttab"),
            Map.entry(
                "resilient.accounts.teamprod.external-id", " leading, trailing and g\u00fcltig "));
  }

  @Test
  void roleBesideOtherCredentialsIsToldOfBecauseItWouldStopTheStart() {
    assertThat(
            LitellmImport.convert(
                """
                model_list:
                  - model_name: chat
                    litellm_params:
                      model: bedrock/us.amazon.nova-lite-v1:0
                      aws_profile_name: hub
                      aws_role_name: arn:aws:iam::111122223333:role/bedrock
                """,
                Map.of()))
        .contains("# - account hub: a role and other credentials are two forms")
        .contains("resilient.accounts.hub.source");
  }

  @Test
  void secretThatStandsInTheFileIsNotRepeated() {
    String made =
        LitellmImport.convert(
            """
            model_list:
              - model_name: chat
                litellm_params:
                  model: bedrock/us.amazon.nova-lite-v1:0
                  aws_access_key_id: AKIAIOSFODNN7EXAMPLE
                  aws_secret_access_key: the-secret
            """,
            Map.of());

    assertThat(made)
        .doesNotContain("AKIA")
        .doesNotContain("the-secret")
        .contains("# - account account: aws_secret_access_key stands in the file");
  }

  @Test
  void otherProvidersAndOtherFilesAreRefusedInWords() {
    assertThat(
            LitellmImport.convert(
                "model_list: [{model_name: gpt, litellm_params: {model: openai/gpt-5}}]", Map.of()))
        .contains("# - model_list: gpt is no model of Bedrock");
    assertThatThrownBy(() -> LitellmImport.convert("- a list", Map.of()))
        .hasMessageContaining("no LiteLLM configuration");
    assertThatThrownBy(() -> LitellmImport.convert("a: 1", Map.of("a", "No Name")))
        .hasMessageContaining("a-z and 0-9");
  }
}
