package io.github.resilientchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;

/** Roles through the SDK's own STS client. */
class RolesTest {

  private static final String ARN = "arn:aws:iam::111111111111:role/team/bedrock-invoke";
  private static final AwsCredentials HUB =
      AwsBasicCredentials.create(BedrockSimulator.accessKey("hub"), BedrockSimulator.secretKey());

  private final MutableClock clock = new MutableClock();
  private final BedrockSimulator simulator = BedrockSimulator.builder().clock(clock).start();

  @AfterEach
  void close() {
    simulator.close();
  }

  private StsClient sts(AwsCredentials credentials) {
    return StsClient.builder()
        .endpointOverride(simulator.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  private AwsCredentials assume(AwsCredentials as, Consumer<AssumeRoleRequest.Builder> more) {
    try (StsClient sts = sts(as)) {
      return keys(
          sts.assumeRole(
                  r -> {
                    r.roleArn(ARN).roleSessionName("me");
                    more.accept(r);
                  })
              .credentials());
    }
  }

  private static AwsCredentials keys(Credentials given) {
    return AwsSessionCredentials.create(
        given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
  }

  private BedrockRuntimeClient bedrock(AwsCredentials credentials) {
    return BedrockRuntimeClient.builder()
        .endpointOverride(simulator.endpoint())
        .region(Region.EU_WEST_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  private void assertRefused(AwsCredentials credentials, int status, String code, String words) {
    try (BedrockRuntimeClient client = bedrock(credentials)) {
      assertThatExceptionOfType(BedrockRuntimeException.class)
          .isThrownBy(() -> Sdk.ask(client, Sdk.NOVA))
          .satisfies(
              e -> {
                assertThat(e.statusCode()).isEqualTo(status);
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
              })
          .withMessageContaining(words);
    }
  }

  @Test
  void sessionCallsForTheAccountOfItsRole() {
    simulator.role(Role.of(ARN, "prod").externalId("x-1").trusting("hub"));
    AwsCredentials session =
        assume(HUB, r -> r.externalId("x-1").tags(t -> t.key("Team").value("a")));
    try (BedrockRuntimeClient client = bedrock(session)) {
      Sdk.ask(client, Sdk.NOVA);
    }
    assertThat(simulator.invocations())
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.account()).isEqualTo("prod");
              assertThat(call.region()).isEqualTo("eu-west-1");
            });
    assertThat(simulator.assumptions())
        .singleElement()
        .satisfies(
            asked -> {
              assertThat(asked.granted()).isTrue();
              assertThat(asked.caller()).isEqualTo("hub");
              assertThat(asked.tags()).isEqualTo(Map.of("Team", "a"));
            });
    try (StsClient sts = sts(session)) {
      assertThat(sts.getCallerIdentity().account()).isEqualTo("111111111111");
      assertThat(sts.getCallerIdentity().arn())
          .isEqualTo("arn:aws:sts::111111111111:assumed-role/bedrock-invoke/me");
    }
  }

  @Test
  void strangersAndWrongExternalIdsAreRefused() {
    simulator.role(Role.of(ARN, "prod").externalId("x-1").trusting("hub"));
    AwsCredentials other =
        AwsBasicCredentials.create(
            BedrockSimulator.accessKey("other"), BedrockSimulator.secretKey());
    for (Runnable wrong :
        new Runnable[] {
          () -> assume(HUB, r -> {}),
          () -> assume(HUB, r -> r.externalId("x-2")),
          () -> assume(other, r -> r.externalId("x-1")),
          () -> assume(HUB, r -> r.externalId("x-1").roleArn(ARN + "2"))
        }) {
      assertThatExceptionOfType(StsException.class)
          .isThrownBy(wrong::run)
          .withMessageContaining("is not authorized to perform: sts:AssumeRole")
          .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
    }
    assertThatExceptionOfType(StsException.class)
        .isThrownBy(() -> assume(AwsBasicCredentials.create("AKIAX", "x"), r -> {}))
        .satisfies(
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidClientTokenId"));
    assertThat(simulator.assumptions()).hasSize(4).noneMatch(Assumption::granted);
  }

  @Test
  void sessionsExpire() {
    simulator.role(Role.of(ARN, "prod").sessionsLast(Duration.ofSeconds(10)));
    AwsCredentials session = assume(HUB, r -> r.durationSeconds(900));
    clock.pass(Duration.ofSeconds(10));
    assertRefused(session, 403, "ExpiredTokenException", "expired");
    assertThat(simulator.invocations().get(0).account()).isEqualTo("prod");
  }

  @Test
  void tokenIsPartOfTheKeys() {
    simulator.role(Role.of(ARN, "prod"));
    AwsCredentials session = assume(HUB, r -> {});
    assertRefused(
        AwsSessionCredentials.create(session.accessKeyId(), "s", "another"),
        403,
        "UnrecognizedClientException",
        "invalid");
  }

  @Test
  void whatWasRevokedStaysSoAndTheRoleComesBack() {
    simulator.role(Role.of(ARN, "prod"));
    AwsCredentials session = assume(HUB, r -> {});
    simulator.revoke(ARN);
    assertRefused(session, 403, "AccessDeniedException", "with an explicit deny");
    assertThatExceptionOfType(StsException.class).isThrownBy(() -> assume(HUB, r -> {}));

    clock.pass(Duration.ofSeconds(1));
    simulator.restore(ARN);
    assertRefused(session, 403, "AccessDeniedException", "with an explicit deny");
    try (BedrockRuntimeClient client = bedrock(assume(HUB, r -> {}))) {
      assertThat(Sdk.ask(client, Sdk.NOVA).stopReasonAsString()).isEqualTo("end_turn");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulator.revoke(ARN + "x"))
        .withMessageContaining(ARN + "x");
  }

  @Test
  void durationsAreThoseOfTheService() {
    simulator.role(Role.of(ARN, "prod"));
    for (int seconds : new int[] {899, 43_201}) {
      assertThatExceptionOfType(StsException.class)
          .isThrownBy(() -> assume(HUB, r -> r.durationSeconds(seconds)))
          .withMessageContaining("DurationSeconds");
    }
    AwsCredentials session = assume(HUB, r -> r.durationSeconds(43_200));
    assertThatExceptionOfType(StsException.class)
        .isThrownBy(() -> assume(session, r -> r.durationSeconds(3_601)))
        .withMessageContaining("role chaining");
  }

  @Test
  void tokenOfAnotherProviderIsTakenInPlaceOfKeys() {
    simulator.role(Role.of(ARN, "prod").webIdentity("ticket"));
    try (StsClient sts =
        StsClient.builder()
            .endpointOverride(simulator.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build()) {
      AwsCredentials session =
          keys(
              sts.assumeRoleWithWebIdentity(
                      r -> r.roleArn(ARN).roleSessionName("pod").webIdentityToken("ticket"))
                  .credentials());
      try (BedrockRuntimeClient client = bedrock(session)) {
        Sdk.ask(client, Sdk.NOVA);
      }
      assertThatExceptionOfType(StsException.class)
          .isThrownBy(
              () ->
                  sts.assumeRoleWithWebIdentity(
                      r -> r.roleArn(ARN).roleSessionName("pod").webIdentityToken("forged")));
    }
    assertThat(simulator.invocations().get(0).account()).isEqualTo("prod");
  }
}
