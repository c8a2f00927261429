package io.github.resilientchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrock.model.FoundationModelLifecycleStatus;
import software.amazon.awssdk.services.bedrock.model.InferenceProfileModel;
import software.amazon.awssdk.services.bedrock.model.InferenceProfileSummary;
import software.amazon.awssdk.services.bedrock.model.InferenceProfileType;
import software.amazon.awssdk.services.bedrock.model.ResourceNotFoundException;

/** The control plane through the SDK's own client. */
class ControlPlaneTest {

  private static final String SONNET = "anthropic.claude-sonnet-4-6";

  private final BedrockSimulator simulator = BedrockSimulator.start();
  private final BedrockClient client = client("blue");

  @AfterEach
  void close() {
    client.close();
    simulator.close();
  }

  private BedrockClient client(String account) {
    return BedrockClient.builder()
        .endpointOverride(simulator.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    BedrockSimulator.accessKey(account), BedrockSimulator.secretKey())))
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  private List<InferenceProfileSummary> all(InferenceProfileType type, int pageSize) {
    return client
        .listInferenceProfilesPaginator(r -> r.typeEquals(type).maxResults(pageSize))
        .inferenceProfileSummaries()
        .stream()
        .toList();
  }

  @Test
  void profilesComeInPagesAndTellTheirDestinations() {
    List<InferenceProfileSummary> system = all(InferenceProfileType.SYSTEM_DEFINED, 7);
    assertThat(system)
        .extracting(InferenceProfileSummary::inferenceProfileId)
        .hasSizeGreaterThan(14)
        .doesNotHaveDuplicates()
        .contains("us." + SONNET, "global." + SONNET)
        .doesNotContain("eu." + SONNET);
    assertThat(system)
        .filteredOn(profile -> profile.inferenceProfileId().equals("us." + SONNET))
        .singleElement()
        .satisfies(
            profile ->
                assertThat(profile.models())
                    .extracting(InferenceProfileModel::modelArn)
                    .contains("arn:aws:bedrock:us-west-2::foundation-model/" + SONNET));
    assertThat(client.getInferenceProfile(r -> r.inferenceProfileIdentifier("global." + SONNET)))
        .satisfies(
            profile ->
                assertThat(profile.models())
                    .extracting(InferenceProfileModel::modelArn)
                    .contains("arn:aws:bedrock:::foundation-model/" + SONNET));
  }

  @Test
  void applicationProfilesAreListedOnlyWhenAskedFor() {
    String arn = "arn:aws:bedrock:us-east-1:111111111111:application-inference-profile/a1b2";
    simulator.applicationProfile(arn, "us." + SONNET);
    assertThat(client.listInferenceProfiles(r -> {}).inferenceProfileSummaries())
        .noneMatch(profile -> profile.type() == InferenceProfileType.APPLICATION);
    assertThat(all(InferenceProfileType.APPLICATION, 10))
        .extracting(InferenceProfileSummary::inferenceProfileArn)
        .containsExactly(arn);
    assertThat(client.getInferenceProfile(r -> r.inferenceProfileIdentifier(arn)).models())
        .hasSize(3);
  }

  @Test
  void modelsTellWhenTheyEnd() {
    Instant end = Instant.parse("2027-03-01T00:00:00Z");
    simulator.endOfLife(SONNET, end);
    assertThat(client.getFoundationModel(r -> r.modelIdentifier(SONNET)).modelDetails())
        .satisfies(
            model -> {
              assertThat(model.modelLifecycle().status())
                  .isEqualTo(FoundationModelLifecycleStatus.LEGACY);
              assertThat(model.modelLifecycle().endOfLifeTime()).isEqualTo(end);
            });
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> client.getFoundationModel(r -> r.modelIdentifier("a.b")));
  }
}
