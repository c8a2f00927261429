package io.github.resilientchat.autoconfigure.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.model.chat.ChatModel;
import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.simulator.BedrockSimulator;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What the control plane is asked when the application starts. */
@ExtendWith(OutputCaptureExtension.class)
class DiscoveryTest {

  private static final String OWN =
      "arn:aws:bedrock:us-east-1:111111111111:application-inference-profile/a1b2";

  private final BedrockSimulator bedrock = BedrockSimulator.start();
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withUserConfiguration(BothFrameworksApplication.class)
          .withPropertyValues(
              "resilient.backend=aws",
              "resilient.discovery.profiles=start",
              "resilient.defaults.region=us-east-1",
              "resilient.accounts.blue.access-key=" + BedrockSimulator.accessKey("blue"),
              "resilient.accounts.blue.secret-key=" + BedrockSimulator.secretKey(),
              "resilient.accounts.blue.endpoint=" + bedrock.endpoint());
  private final ApplicationContextRunner patient =
      runner.withUserConfiguration(PatientDiscovery.class);

  @AfterEach
  void close() {
    bedrock.close();
  }

  @Test
  void profileThatTheAccountDoesNotHaveStopsTheStart() {
    assertThat(
            Startup.refusal(
                patient.withPropertyValues(
                    "resilient.routes.chat.targets=us.anthropic.claude-sonnet-4-66")))
        .contains(
            "the account blue has no inference profile us.anthropic.claude-sonnet-4-66 in us-east-1",
            "us.anthropic.claude-sonnet-4-6");
  }

  @Test
  void applicationProfileIsServedWhereTheControlPlaneSays() {
    bedrock.applicationProfile(OWN, "us.anthropic.claude-sonnet-4-6");
    ApplicationContextRunner own =
        patient.withPropertyValues(
            "resilient.models.own.id=" + OWN, "resilient.routes.chat.targets=own");
    own.withPropertyValues("resilient.routes.chat.residency=us")
        .run(context -> context.getBean(ChatModel.class).chat("hello"));
    assertThat(bedrock.invocations()).hasSize(1);
    assertThat(Startup.refusal(own.withPropertyValues("resilient.routes.chat.residency=us-east-1")))
        .contains(
            "resilient.routes.chat.residency=us-east-1",
            "own@us-east-1/blue, and it may be served in us-east-2");
  }

  @Test
  void lazyDiscoveryWarnsOnceTheApplicationIsReady(CapturedOutput output) throws Exception {
    patient
        .withPropertyValues(
            "resilient.discovery.profiles=lazy",
            "resilient.routes.chat.targets=us.anthropic.claude-sonnet-4-66")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output).doesNotContain("has no inference profile");
              context.publishEvent(
                  new ApplicationReadyEvent(
                      new SpringApplication(),
                      new String[0],
                      context.getSourceApplicationContext(AnnotationConfigApplicationContext.class),
                      Duration.ZERO));
              await()
                  .atMost(Duration.ofMinutes(1))
                  .untilAsserted(
                      () ->
                          assertThat(output)
                              .contains(
                                  "the account blue has no inference profile"
                                      + " us.anthropic.claude-sonnet-4-66 in us-east-1"));
            });
  }

  @Test
  void modelNearItsEndIsWarnedOf(CapturedOutput output) {
    bedrock.endOfLife("anthropic.claude-sonnet-4-6", Instant.parse("2020-01-01T00:00:00Z"));
    patient
        .withPropertyValues(
            "resilient.routes.chat.targets="
                + "us.anthropic.claude-sonnet-4-6, us.amazon.nova-pro-v1:0")
        .run(context -> assertThat(context).hasNotFailed());
    assertThat(output)
        .contains("the model anthropic.claude-sonnet-4-6 ends on 2020-01-01")
        .doesNotContain("the model amazon.nova-pro");
  }

  @Test
  void accountThatDoesNotTellIsWarnedOfAndStarts(CapturedOutput output) {
    runner
        .withPropertyValues(
            "resilient.accounts.blue.control-endpoint=http://127.0.0.1:1",
            "resilient.routes.chat.targets=us.anthropic.claude-sonnet-4-66")
        .run(context -> assertThat(context).hasNotFailed());
    assertThat(output)
        .contains("account blue does not tell its inference profiles in us-east-1")
        .as("who answers nothing is asked nothing else")
        .doesNotContain("when models such as");
  }

  @Test
  void modelBehindAnApplicationProfileIsWarnedOf(CapturedOutput output) {
    bedrock.applicationProfile(OWN, "us.anthropic.claude-sonnet-4-6");
    bedrock.endOfLife("anthropic.claude-sonnet-4-6", Instant.parse("2020-01-01T00:00:00Z"));
    patient
        .withPropertyValues("resilient.models.own.id=" + OWN, "resilient.routes.chat.targets=own")
        .run(context -> assertThat(context).hasNotFailed());
    assertThat(output).contains("the model anthropic.claude-sonnet-4-6 ends on 2020-01-01");
  }
}
