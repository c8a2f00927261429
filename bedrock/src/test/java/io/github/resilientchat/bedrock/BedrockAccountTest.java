package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;

class BedrockAccountTest {

  private static final BedrockAccount ACCOUNT =
      BedrockAccount.staticKeys("main", "AKIAEXAMPLE", "top-secret", "session-token");

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://bedrock-runtime.us-east-1.amazonaws.com",
        "https://bedrock-runtime-fips.us-east-1.amazonaws.com",
        "https://bedrock.us-east-1.amazonaws.com",
        "https://sts.us-east-1.amazonaws.com/",
        "https://sts.amazonaws.com",
        "https://bedrock-runtime.us-east-1.api.aws",
        "https://bedrock-runtime-fips.us-east-1.api.aws",
        "https://VPCE-0abc-12345678-us-east-1a.bedrock-runtime.us-east-1.vpce.amazonaws.com",
        "https://vpce-0abc-12345678.bedrock-runtime.us-east-1.vpce.amazonaws.com:443",
        "http://localhost:8080",
        "http://127.0.0.1:8080",
        "https://127.0.0.2",
        "http://[::1]:8080"
      })
  void awsAndThisMachineAreAcceptedAsEndpoints(String endpoint) {
    assertThat(ACCOUNT.withEndpoint(URI.create(endpoint)).endpoint(Region.US_EAST_1))
        .contains(URI.create(endpoint));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://bedrock-runtime.us-east-1.amazonaws.com",
        "https://example.com",
        "https://abc123.execute-api.us-east-1.amazonaws.com",
        "https://bucket.s3.us-east-1.amazonaws.com",
        "https://bedrock-runtime.s3.us-east-1.amazonaws.com",
        "https://ec2-1-2-3-4.compute-1.amazonaws.com",
        "https://bedrock-runtime-1.us-east-1.elb.amazonaws.com",
        "https://vpce-0abc-12345678.execute-api.us-east-1.vpce.amazonaws.com",
        "https://evil.bedrock-runtime.us-east-1.amazonaws.com",
        "https://us-east-1.amazonaws.com",
        "https://amazonaws.com",
        "https://bedrock-runtime.us-east-1.amazonaws.com/prod",
        "http://localhost:8080/a",
        "https://evilamazonaws.com",
        "https://bedrock.amazonaws.com.example.com",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://169.254.169.254",
        "http://10.0.0.1",
        "ftp://localhost",
        "file:///etc/passwd",
        "localhost:8080"
      })
  void otherEndpointsAreRefusedByName(String endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ACCOUNT.withEndpoint(URI.create(endpoint)))
        .withMessageContaining("account main")
        .withMessageContaining(endpoint);
  }

  @Test
  void partitionsHaveTheirOwnHosts() {
    for (String host :
        List.of(
            "bedrock-runtime.cn-north-1.amazonaws.com.cn",
            "bedrock-runtime.cn-north-1.api.amazonwebservices.com.cn",
            "vpce-0abc-1.bedrock-runtime.cn-north-1.vpce.amazonaws.com.cn",
            "bedrock-runtime-fips.us-gov-west-1.amazonaws.com",
            "bedrock-runtime.eusc-de-east-1.amazonaws.eu")) {
      assertThat(EndpointGuard.STRICT.objection(URI.create("https://" + host))).isEmpty();
    }
  }

  @Test
  void hostAllowedByNamePassesAndIsKnownForIt() {
    EndpointGuard guard = new EndpointGuard(Set.of("Bedrock.internal"));
    assertThat(guard.objection(URI.create("http://bedrock.internal:8080"))).isEmpty();
    assertThat(guard.allowsByName(URI.create("http://bedrock.internal:8080"))).isTrue();
    assertThat(guard.allowsByName(URI.create("http://localhost"))).isFalse();
    assertThat(guard.objection(URI.create("http://bedrock.internal/path"))).isPresent();
    assertThat(guard.objection(URI.create("http://x.bedrock.internal"))).isPresent();
  }

  @Test
  void endpointsAreOfTheirRegions() {
    RegionalEndpoints endpoints =
        new RegionalEndpoints(
            "https://vpce-0abc-1.bedrock-runtime.{region}.vpce.amazonaws.com",
            Map.of("useast1", URI.create("https://bedrock-runtime-fips.us-east-1.amazonaws.com")),
            EndpointGuard.STRICT);
    assertThat(endpoints.in("us-east-1"))
        .contains(URI.create("https://bedrock-runtime-fips.us-east-1.amazonaws.com"));
    assertThat(endpoints.in("eu-west-1"))
        .contains(URI.create("https://vpce-0abc-1.bedrock-runtime.eu-west-1.vpce.amazonaws.com"));
    assertThat(RegionalEndpoints.PUBLIC.in("eu-west-1")).isEmpty();
  }

  @Test
  void endpointOfOneRegionServesNoOther() {
    BedrockAccount account =
        ACCOUNT.withEndpoint(URI.create("https://bedrock-runtime.us-east-1.amazonaws.com"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> account.endpoint(Region.US_WEST_2))
        .withMessageContaining("us-east-1")
        .withMessageContaining("us-west-2");
    assertThat(ACCOUNT.withEndpoint(URI.create("http://localhost:1")).endpoint(Region.US_WEST_2))
        .isPresent();
  }

  @Test
  void endpointsWithUserInfoAreRefusedWithoutShowingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ACCOUNT.withEndpoint(URI.create("http://me:secret@localhost")))
        .withMessageNotContaining("secret");
  }

  @Test
  void textNeverShowsKeys() {
    assertThat(ACCOUNT.withEndpoint(URI.create("http://localhost:1")))
        .hasToString("main at http://localhost:1");
    assertThat(ACCOUNT).hasToString("main");
  }

  @Test
  void accountsNeedNames() {
    assertThatIllegalArgumentException().isThrownBy(() -> BedrockAccount.defaultChain(" "));
  }

  @Test
  void profileGivesItsKeys() throws Exception {
    Path credentials = home.resolve("credentials");
    Files.writeString(
        credentials,
        """
        [genai]
        aws_access_key_id = AKIAGENAI
        aws_secret_access_key = secret
        """);
    System.setProperty("aws.sharedCredentialsFile", credentials.toString());
    System.setProperty("aws.configFile", home.resolve("none").toString());
    try {
      assertThat(
              BedrockAccount.profile("main", "genai")
                  .credentials()
                  .orElseThrow()
                  .resolveCredentials()
                  .accessKeyId())
          .isEqualTo("AKIAGENAI");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> BedrockAccount.profile("main", "genia"))
          .withMessageContaining("account main")
          .withMessageContaining("genia")
          .withMessageContaining("[genai]");
    } finally {
      System.clearProperty("aws.sharedCredentialsFile");
      System.clearProperty("aws.configFile");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "corp, 'corp', sso",
    "old, 'old', sso",
    "signed, 'signed', signin",
    "role, 'corp', sso",
    "circle, circle, go round",
    "orphan, nobody, does not exist"
  })
  void whatAProfileLacksIsFoundAtOnce(String profile, String named, String lacking) {
    inFiles(
        """
        [sso-session corp]
        sso_start_url = https://corp.example/start
        sso_region = us-east-1
        [profile corp]
        sso_session = corp
        sso_account_id = 111122223333
        sso_role_name = Dev
        [profile old]
        sso_start_url = https://corp.example/start
        sso_region = us-east-1
        sso_account_id = 111122223333
        sso_role_name = Dev
        [profile signed]
        login_session = arn:aws:iam::111122223333:user/me
        [profile role]
        role_arn = arn:aws:iam::111122223333:role/invoke
        source_profile = corp
        [profile circle]
        role_arn = arn:aws:iam::111122223333:role/invoke
        source_profile = other
        [profile other]
        role_arn = arn:aws:iam::111122223333:role/invoke
        source_profile = circle
        [profile orphan]
        role_arn = arn:aws:iam::111122223333:role/invoke
        source_profile = nobody
        """,
        () ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> BedrockAccount.profile("main", profile))
                .withMessageContaining("account main")
                .withMessageContaining(named)
                .withMessageContaining(lacking));
  }

  private void inFiles(String config, Runnable test) {
    try {
      Path file = Files.writeString(home.resolve("config"), config);
      System.setProperty("aws.configFile", file.toString());
      System.setProperty("aws.sharedCredentialsFile", home.resolve("none").toString());
      test.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      System.clearProperty("aws.configFile");
      System.clearProperty("aws.sharedCredentialsFile");
    }
  }
}
