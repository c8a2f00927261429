package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Role;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

/** What the control plane of the local Bedrock tells. */
class ControlPlaneTest {

  private static final String SONNET = "anthropic.claude-sonnet-4-6";
  private static final String OWN =
      "arn:aws:bedrock:us-east-1:111111111111:application-inference-profile/a1b2";

  private final BedrockSimulator bedrock = BedrockSimulator.start();
  private final RegionalEndpoints here = RegionalEndpoints.of(bedrock.endpoint().toString());
  private final ControlPlane control =
      new ControlPlane(account -> here, null, Duration.ofMinutes(1));
  private final BedrockAccount blue =
      BedrockAccount.staticKeys(
          "blue", BedrockSimulator.accessKey("blue"), BedrockSimulator.secretKey(), null);

  @AfterEach
  void close() {
    System.clearProperty("aws.bearerTokenBedrock");
    System.clearProperty("aws.endpointUrlBedrock");
    control.close();
    bedrock.close();
  }

  @Test
  void profilesOfAwsAndOfTheApplicationAreTold() {
    System.setProperty("aws.bearerTokenBedrock", "sim-surroundings");
    System.setProperty("aws.endpointUrlBedrock", "http://127.0.0.1:1");
    bedrock.applicationProfile(OWN, "us." + SONNET);
    InferenceProfiles profiles = control.profiles(blue, Region.US_EAST_1);

    assertThat(profiles.find("us." + SONNET).orElseThrow())
        .satisfies(
            profile -> {
              assertThat(profile.foundationModel()).isEqualTo(SONNET);
              assertThat(profile.regions()).containsExactly("us-east-1", "us-east-2", "us-west-2");
              assertThat(profile.anywhere()).isFalse();
            });
    assertThat(profiles.find("global." + SONNET).orElseThrow().anywhere()).isTrue();
    assertThat(profiles.find(OWN).orElseThrow().foundationModel()).isEqualTo(SONNET);
    assertThat(profiles.find("eu." + SONNET)).isEmpty();
    assertThat(profiles.of(SONNET))
        .extracting(InferenceProfiles.Known::id)
        .containsExactlyInAnyOrder("us." + SONNET, "global." + SONNET, "a1b2");
  }

  @Test
  void answerIsRememberedAndAFailureIsNot() {
    bedrock.role(Role.of("arn:aws:iam::111111111111:role/x", "prod"));
    try (RoleSessions sessions = RoleSessions.create()) {
      BedrockAccount prod =
          sessions.account(
              "prod",
              AssumedRole.of("arn:aws:iam::111111111111:role/x"),
              blue,
              StsPlaces.in(Region.US_EAST_1).withEndpoints(here));
      bedrock.revoke("arn:aws:iam::111111111111:role/x");
      assertThat(catchThrowable(() -> control.profiles(prod, Region.US_EAST_1))).isNotNull();
      bedrock.restore("arn:aws:iam::111111111111:role/x");
      InferenceProfiles first = control.profiles(prod, Region.US_EAST_1);
      assertThat(control.profiles(prod, Region.US_EAST_1)).isSameAs(first);
    }
  }

  @Test
  void modelsTellWhenTheyEnd() {
    Instant end = Instant.parse("2027-03-01T00:00:00Z");
    assertThat(control.endOfLife(blue, Region.US_EAST_1, SONNET)).isEmpty();
    bedrock.endOfLife(SONNET, end);
    assertThat(control.endOfLife(blue, Region.US_EAST_1, SONNET)).contains(end);
  }

  @Test
  void noPatienceIsNoAnswer() {
    assertThatThrownBy(() -> new ControlPlane(account -> here, null, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("patience must be positive: PT0S");
  }
}
