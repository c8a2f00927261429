package io.github.resilientchat.autoconfigure.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The profile that the surroundings name, where it needs a module that is not there. */
@ExtendWith(OutputCaptureExtension.class)
class AmbientProfileTest {

  private static final String MISSING =
      "the profile 'corp' needs a module of the AWS SDK: add the dependency"
          + " software.amazon.awssdk:sso";

  private final List<String> set = new ArrayList<>();

  @TempDir Path home;

  @BeforeEach
  void surround() throws IOException {
    String config =
        """
        [sso-session corp]
        sso_start_url = https://corp.example/start
        sso_region = us-east-1
        [profile corp]
        sso_session = corp
        sso_account_id = 111122223333
        sso_role_name = Dev
        """;
    set("aws.configFile", Files.writeString(home.resolve("config"), config).toString());
    set("aws.sharedCredentialsFile", home.resolve("none").toString());
    set("aws.profile", "corp");
  }

  @AfterEach
  void clear() {
    set.forEach(System::clearProperty);
  }

  private void set(String property, String value) {
    System.setProperty(property, value);
    set.add(property);
  }

  private static void start(String... properties) {
    new ApplicationContextRunner()
        .withUserConfiguration(BothFrameworksApplication.class)
        .withPropertyValues(
            "resilient.backend=aws", "resilient.routes.chat.targets=us.a.b@us-east-1")
        .withPropertyValues(properties)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void isWarnedOfAtTheStart(CapturedOutput output) {
    start();
    assertThat(output).contains("account default: " + MISSING);
  }

  @Test
  void isWarnedOfAsTheSourceOfARole(CapturedOutput output) {
    start("resilient.accounts.prod.role-arn=arn:aws:iam::111111111111:role/bedrock-invoke");
    assertThat(output).contains("account (default chain): " + MISSING);
  }

  @Test
  void isNobodysBusinessWhereTheEnvironmentHasKeys(CapturedOutput output) {
    set("aws.accessKeyId", "AKIAX");
    set("aws.secretAccessKey", "hush");
    start();
    assertThat(output).doesNotContain(MISSING);
  }
}
