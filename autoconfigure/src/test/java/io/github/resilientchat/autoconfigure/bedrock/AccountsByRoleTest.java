package io.github.resilientchat.autoconfigure.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.simulator.Assumption;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Invocation;
import io.github.resilientchat.simulator.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Accounts by properties, against a local Bedrock that is theirs by endpoint. */
@ExtendWith(OutputCaptureExtension.class)
class AccountsByRoleTest {

  private static final String PROD = "arn:aws:iam::111111111111:role/bedrock-invoke";
  private static final String SPARE = "arn:aws:iam::222222222222:role/bedrock-invoke";
  private static final String MODEL = "us.anthropic.claude-sonnet-4-6@us-east-1";

  private final BedrockSimulator bedrock = BedrockSimulator.start();
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withUserConfiguration(BothFrameworksApplication.class)
          .withPropertyValues(
              "resilient.backend=aws",
              "resilient.accounts.hub.access-key=" + BedrockSimulator.accessKey("hub"),
              "resilient.accounts.hub.secret-key=" + BedrockSimulator.secretKey());

  @AfterEach
  void close() {
    bedrock.close();
  }

  private ApplicationContextRunner role(String account, String arn, String... more) {
    String key = "resilient.accounts." + account;
    return runner
        .withPropertyValues(
            key + ".role-arn=" + arn,
            key + ".source=hub",
            key + ".endpoint=" + bedrock.endpoint(),
            key + ".sts-endpoint=" + bedrock.endpoint(),
            "resilient.routes.chat.targets=" + MODEL + "/" + account)
        .withPropertyValues(more);
  }

  @Test
  void roleIsAssumedAsThePropertiesSay() {
    bedrock.role(Role.of(PROD, "prod").externalId("x-42").trusting("hub"));
    role(
            "prod",
            PROD,
            "resilient.accounts.prod.external-id=x-42",
            "resilient.accounts.prod.session-duration=15m",
            "resilient.accounts.prod.session-tags=CostCenter=42, Team=orders")
        .run(
            context -> {
              assertThat(bedrock.assumptions()).as("before the first call").isEmpty();
              context.getBean(ChatModel.class).chat("hello");
              assertThat(bedrock.invocations())
                  .extracting(Invocation::account)
                  .containsExactly("prod");
              assertThat(bedrock.assumptions())
                  .singleElement()
                  .satisfies(
                      asked -> {
                        assertThat(asked.sessionName()).isEqualTo("resilient-prod");
                        assertThat(asked.seconds()).isEqualTo(900);
                        assertThat(asked.tags())
                            .isEqualTo(Map.of("CostCenter", "42", "Team", "orders"));
                      });
            });
  }

  @Test
  void roleOfAProfileIsAssumedAtTheEndpointThatThePropertiesSay(@TempDir Path home)
      throws IOException {
    bedrock.role(Role.of(PROD, "prod").trusting("hub"));
    Path config =
        Files.writeString(
            home.resolve("config"),
            """
            [profile prod]
            role_arn = %s
            source_profile = hub
            [profile hub]
            aws_access_key_id = %s
            aws_secret_access_key = %s
            """
                .formatted(PROD, BedrockSimulator.accessKey("hub"), BedrockSimulator.secretKey()));
    runner
        .withSystemProperties(
            "aws.configFile=" + config,
            "aws.sharedCredentialsFile=" + home.resolve("none"),
            "aws.endpointUrlSts=http://127.0.0.1:1")
        .withPropertyValues(
            "resilient.accounts.prod.profile=prod",
            "resilient.accounts.prod.endpoint=" + bedrock.endpoint(),
            "resilient.accounts.prod.sts-endpoint=" + bedrock.endpoint(),
            "resilient.routes.chat.targets=" + MODEL + "/prod")
        .run(
            context -> {
              context.getBean(ChatModel.class).chat("hello");
              assertThat(bedrock.invocations())
                  .extracting(Invocation::account)
                  .containsExactly("prod");
            });
  }

  @Test
  void roleOfARoleIsAssumedThroughIt() {
    bedrock.role(Role.of(PROD, "prod").trusting("hub"));
    bedrock.role(Role.of(SPARE, "spare").trusting("prod"));
    role("spare", SPARE)
        .withPropertyValues(
            "resilient.accounts.spare.source=prod",
            "resilient.accounts.prod.role-arn=" + PROD,
            "resilient.accounts.prod.source=hub",
            "resilient.accounts.prod.sts-endpoint=" + bedrock.endpoint())
        .run(
            context -> {
              context.getBean(ChatModel.class).chat("hello");
              assertThat(bedrock.assumptions())
                  .extracting(Assumption::caller)
                  .containsExactlyInAnyOrder("hub", "prod");
              assertThat(bedrock.invocations())
                  .extracting(Invocation::account)
                  .containsExactly("spare");
            });
  }

  @Test
  void roleOfAnotherAccountWithoutAnExternalIdIsWarnedOf(CapturedOutput output) {
    bedrock.role(Role.of(PROD, "prod"));
    bedrock.role(Role.of(SPARE, "spare"));
    role("spare", SPARE)
        .withPropertyValues(
            "resilient.accounts.spare.source=prod",
            "resilient.accounts.prod.role-arn=" + PROD,
            "resilient.accounts.prod.source=hub")
        .run(
            context ->
                assertThat(output)
                    .contains("account spare: the role " + SPARE)
                    .contains("resilient.accounts.spare.external-id"));
  }

  @Test
  void accountsThatAreOneAtAwsAreNamedAtTheStart(CapturedOutput output) {
    runner
        .withPropertyValues(
            "resilient.accounts.one=",
            "resilient.accounts.two=",
            "resilient.routes.chat.targets=" + MODEL + "/one, " + MODEL + "/two")
        .run(
            context ->
                assertThat(output)
                    .contains("the accounts one, two are one to AWS")
                    .contains("the SDK's default credentials chain"));
  }

  @Test
  void keyOfBedrockIsAnAccount() {
    runner
        .withPropertyValues(
            "resilient.accounts.bare.api-key=sim-bare",
            "resilient.accounts.bare.endpoint=" + bedrock.endpoint(),
            "resilient.routes.chat.targets=" + MODEL + "/bare")
        .run(
            context -> {
              context.getBean(ChatModel.class).chat("hello");
              assertThat(bedrock.invocations())
                  .extracting(Invocation::account)
                  .containsExactly("bare");
            });
  }

  @Test
  void providerOfPrototypeScopeIsMadeAnewWhenItsKeysAreRefused() {
    AtomicInteger made = new AtomicInteger();
    own()
        .withInitializer(
            context ->
                ((GenericApplicationContext) context)
                    .registerBean(
                        "own",
                        AwsCredentialsProvider.class,
                        () -> keys(made.incrementAndGet() == 1 ? "AKIAOLD" : null),
                        definition -> definition.setScope(BeanDefinition.SCOPE_PROTOTYPE)))
        .run(
            context -> {
              context.getBean(ChatModel.class).chat("hello");
              assertThat(bedrock.invocations())
                  .extracting(Invocation::account)
                  .containsExactly("unknown", "own");
            });
  }

  @Test
  void providerThatIsABeanSigns() {
    own()
        .withBean("own", AwsCredentialsProvider.class, () -> keys(null))
        .run(
            context -> {
              context.getBean(ChatModel.class).chat("hello");
              assertThat(bedrock.invocations())
                  .extracting(Invocation::account)
                  .containsExactly("own");
            });
    assertThat(Startup.refusal(own()))
        .contains("resilient.accounts.own.credentials-bean=own", "is no bean");
    assertThat(Startup.refusal(own().withBean("own", String.class, () -> "no provider")))
        .contains("another type than AwsCredentialsProvider");
  }

  private ApplicationContextRunner own() {
    return runner.withPropertyValues(
        "resilient.accounts.own.credentials-bean=own",
        "resilient.accounts.own.endpoint=" + bedrock.endpoint(),
        "resilient.routes.chat.targets=" + MODEL + "/own");
  }

  private static AwsCredentialsProvider keys(String accessKey) {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(
            accessKey == null ? BedrockSimulator.accessKey("own") : accessKey, "hush"));
  }

  @Test
  void actuatorShowsNoCredential() {
    runner
        .withPropertyValues("resilient.routes.chat.targets=" + MODEL + "/hub")
        .run(
            context -> {
              SanitizingFunction function = context.getBean(SanitizingFunction.class);
              for (String key :
                  List.of(
                      "resilient.accounts.prod.secretKey",
                      "resilient.accounts.prod.secret-key",
                      "resilient.accounts.prod.externalId",
                      "resilient.accounts.prod.apiKey",
                      "RESILIENT_ACCOUNTS_PROD_SESSIONTOKEN",
                      "resilient.proxy.password")) {
                assertThat(function.apply(new SanitizableData(null, key, "canary")).getValue())
                    .as(key)
                    .isEqualTo(SanitizableData.SANITIZED_VALUE);
              }
              assertThat(
                      function
                          .apply(
                              new SanitizableData(null, "resilient.accounts.prod.roleArn", "arn"))
                          .getValue())
                  .isEqualTo("arn");
            });
  }

  @Test
  void hundredAccountsInFiveRegionsOpenNothingAtTheStart() {
    List<String> regions =
        List.of("us-east-1", "us-east-2", "us-west-2", "ca-central-1", "us-west-1");
    StringBuilder targets = new StringBuilder();
    String[] roles = new String[200];
    for (int i = 0; i < 100; i++) {
      roles[2 * i] =
          "resilient.accounts.a%1$d.role-arn=arn:aws:iam::%2$012d:role/x".formatted(i, i + 1);
      roles[2 * i + 1] = "resilient.accounts.a%d.external-id=x-%d".formatted(i, i);
      for (String region : regions) {
        targets
            .append(targets.isEmpty() ? "" : ", ")
            .append("us.anthropic.claude-sonnet-4-6@%s/a%d".formatted(region, i));
      }
    }
    runner
        .withPropertyValues(roles)
        .withPropertyValues("resilient.routes.chat.targets=" + targets)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(Thread.getAllStackTraces().keySet())
                  .extracting(Thread::getName)
                  .noneMatch(name -> name.startsWith("resilient-session"));
            });
  }
}
