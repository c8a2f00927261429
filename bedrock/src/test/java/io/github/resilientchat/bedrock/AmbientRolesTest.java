package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.resilientchat.simulator.Assumption;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Invocation;
import io.github.resilientchat.simulator.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;

/** Roles of shared configuration files and of the environment, which no SDK's client assumes. */
class AmbientRolesTest {

  private static final String PROD = "arn:aws:iam::111111111111:role/bedrock-invoke";
  private static final String SPARE = "arn:aws:iam::222222222222:role/bedrock-invoke";

  private final Simulated local = Simulated.start();
  private final RoleSessions sessions = RoleSessions.create();
  private final StsPlaces here =
      StsPlaces.in(Region.US_EAST_1)
          .withEndpoints(RegionalEndpoints.of(local.bedrock.endpoint().toString()));
  private final List<String> set = new ArrayList<>();

  @TempDir Path home;

  @BeforeEach
  void surround() throws IOException {
    // A client of the SDK's own would ask there.
    set("aws.endpointUrlSts", "http://127.0.0.1:1");
    set("aws.sharedCredentialsFile", home.resolve("none").toString());
    config("");
  }

  @AfterEach
  void close() {
    set.forEach(System::clearProperty);
    sessions.close();
    local.close();
  }

  private void set(String property, String value) {
    System.setProperty(property, value);
    set.add(property);
  }

  private void config(String text) throws IOException {
    set("aws.configFile", Files.writeString(home.resolve("config"), text).toString());
  }

  private static String keys(String account) {
    return "aws_access_key_id = %s\naws_secret_access_key = %s\n"
        .formatted(BedrockSimulator.accessKey(account), BedrockSimulator.secretKey());
  }

  private void ask(BedrockAccount account) {
    local
        .clients
        .client(account.withEndpoint(local.bedrock.endpoint()), Region.US_EAST_1)
        .converse(Simulated.question());
  }

  private void assertAnsweredAs(String account) {
    assertThat(local.bedrock.invocations())
        .extracting(Invocation::account)
        .containsExactly(account);
  }

  @Test
  void roleOfAProfileIsAssumedAsTheProfileSays() throws IOException {
    local.bedrock.role(Role.of(PROD, "prod").externalId("x-42").trusting("hub"));
    config(
        "[profile prod]\nrole_arn = %s\nsource_profile = hub\nexternal_id = x-42\n".formatted(PROD)
            + "role_session_name = orders\nduration_seconds = 900\n[profile hub]\n"
            + keys("hub"));
    BedrockAccount prod = sessions.profile("prod", "prod", here);
    assertThat(local.bedrock.assumptions()).as("nobody is asked before the first call").isEmpty();

    ask(prod);

    assertAnsweredAs("prod");
    assertThat(local.bedrock.assumptions())
        .singleElement()
        .satisfies(
            asked -> {
              assertThat(asked.sessionName()).isEqualTo("orders");
              assertThat(asked.seconds()).isEqualTo(900);
            });
  }

  @Test
  void roleOfARoleIsAssumedThroughIt() throws IOException {
    local.bedrock.role(Role.of(PROD, "prod").trusting("hub"));
    local.bedrock.role(Role.of(SPARE, "spare").trusting("prod"));
    config(
        "[profile spare]\nrole_arn = %s\nsource_profile = prod\n".formatted(SPARE)
            + "[profile prod]\nrole_arn = %s\nsource_profile = prod\n".formatted(PROD)
            + keys("hub"));

    ask(sessions.profile("spare", "spare", here));

    assertAnsweredAs("spare");
    assertThat(local.bedrock.assumptions())
        .extracting(Assumption::caller)
        .containsExactlyInAnyOrder("hub", "prod");
  }

  @Test
  void keysOfTheEnvironmentAssumeARoleThatAsksForThem() throws IOException {
    local.bedrock.role(Role.of(PROD, "prod").trusting("hub"));
    set("aws.accessKeyId", BedrockSimulator.accessKey("hub"));
    set("aws.secretAccessKey", BedrockSimulator.secretKey());
    config("[profile prod]\nrole_arn = %s\ncredential_source = Environment\n".formatted(PROD));

    ask(sessions.profile("prod", "prod", here));

    assertAnsweredAs("prod");
  }

  @Test
  void webIdentityOfAProfileIsTaken() throws IOException {
    local.bedrock.role(Role.of(PROD, "prod").webIdentity("ticket"));
    config(
        "[profile prod]\nrole_arn = %s\nweb_identity_token_file = %s\n"
            .formatted(PROD, Files.writeString(home.resolve("token"), "ticket")));

    ask(sessions.profile("prod", "prod", here));

    assertAnsweredAs("prod");
  }

  @Test
  void webIdentityOfTheEnvironmentIsTakenAsKubernetesSetsIt() throws IOException {
    local.bedrock.role(Role.of(PROD, "prod").webIdentity("ticket"));
    set("aws.roleArn", PROD);
    set("aws.roleSessionName", "pod-7");
    set("aws.webIdentityTokenFile", Files.writeString(home.resolve("token"), "ticket").toString());

    ask(sessions.surroundings("default", here));

    assertAnsweredAs("prod");
    assertThat(local.bedrock.assumptions())
        .extracting(Assumption::sessionName)
        .containsExactly("pod-7");
  }

  @Test
  void roleOfTheProfileThatTheEnvironmentNamesIsAssumed() throws IOException {
    local.bedrock.role(Role.of(PROD, "prod").trusting("hub"));
    set("aws.profile", "prod");
    config(
        "[profile prod]\nrole_arn = %s\nsource_profile = hub\n[profile hub]\n".formatted(PROD)
            + keys("hub"));

    ask(sessions.surroundings("default", here));

    assertAnsweredAs("prod");
  }

  @Test
  void keysOfTheEnvironmentComeBeforeItsRole() throws IOException {
    set("aws.roleArn", PROD);
    set("aws.webIdentityTokenFile", Files.writeString(home.resolve("token"), "ticket").toString());
    set("aws.accessKeyId", BedrockSimulator.accessKey("hub"));
    set("aws.secretAccessKey", BedrockSimulator.secretKey());

    ask(sessions.surroundings("default", here));

    assertAnsweredAs("hub");
  }

  @Test
  void profileWithKeysIsAsItWas() throws IOException {
    config("[profile plain]\n" + keys("plain"));

    ask(sessions.profile("main", "plain", here));

    assertAnsweredAs("plain");
    assertThat(local.bedrock.assumptions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'role_arn = nonsense\nsource_profile = hub', no role's ARN",
    "'role_arn = arn:aws:iam::111111111111:role/r\nsource_profile = hub\nduration_seconds = 10', 15 minutes to 12 hours",
    "'role_arn = arn:aws:iam::111111111111:role/r\nsource_profile = hub\nduration_seconds = 1h', 'duration_seconds=1h is no number of seconds; write 900 to 43200, or leave it out'",
    "'role_arn = arn:aws:iam::111111111111:role/r\nsource_profile = hub\nduration_seconds = 99999999999999999999', duration_seconds=99999999999999999999 is no",
    "'role_arn = arn:aws:iam::111111111111:role/r\nsource_profile = gone', does not exist",
    "'role_arn = arn:aws:iam::111111111111:role/r\nsource_profile = bad', aws_access_key_id",
    "'role_arn = arn:aws:iam::111111111111:role/r\ncredential_source = Moon', credential_source is"
  })
  void roleThatCannotBeAssumedIsRefusedAtTheStart(String role, String why) throws IOException {
    config("[profile bad]\n" + role + "\n[profile hub]\n" + keys("hub"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> sessions.profile("main", "bad", here))
        .withMessageContaining("account main")
        .withMessageContaining("'bad'")
        .withMessageContaining(why);
  }
}
