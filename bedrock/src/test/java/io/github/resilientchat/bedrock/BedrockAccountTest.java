package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BedrockAccountTest {

  private static final BedrockAccount ACCOUNT =
      BedrockAccount.staticKeys("main", "AKIAEXAMPLE", "top-secret", "session-token");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://bedrock-runtime.us-east-1.amazonaws.com",
        "https://bedrock-runtime.cn-north-1.amazonaws.com.cn",
        "https://bedrock-runtime.us-east-1.api.aws",
        "https://vpce-0abc-12345678.bedrock-runtime.us-east-1.vpce.amazonaws.com:443",
        "http://localhost:8080",
        "http://127.0.0.1:8080",
        "https://127.0.0.2",
        "http://[::1]:8080"
      })
  void awsAndThisMachineAreAcceptedAsEndpoints(String endpoint) {
    assertThat(ACCOUNT.withEndpoint(URI.create(endpoint)).endpoint())
        .isEqualTo(URI.create(endpoint));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://bedrock-runtime.us-east-1.amazonaws.com",
        "https://example.com",
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
  void profileGivesItsKeys(@TempDir Path home) throws Exception {
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
}
