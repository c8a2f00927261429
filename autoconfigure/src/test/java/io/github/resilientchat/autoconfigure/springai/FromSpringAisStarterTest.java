package io.github.resilientchat.autoconfigure.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.autoconfigure.identity.ResilientIdentityAutoConfiguration;
import io.github.resilientchat.autoconfigure.route.RoutePlan;
import io.github.resilientchat.autoconfigure.route.RoutePlans;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** An application that comes from Spring AI's own Bedrock starter loses nothing in silence. */
@ExtendWith(OutputCaptureExtension.class)
class FromSpringAisStarterTest {

  private final ApplicationContextRunner runner =
      Startup.simulated()
          .withConfiguration(
              AutoConfigurations.of(
                  ResilientIdentityAutoConfiguration.class,
                  ResilientSpringAiAutoConfiguration.class));

  @Test
  void everyKeyThatNothingReadsIsNamedWithWhatToWrite(CapturedOutput output) {
    runner
        .withPropertyValues(
            "spring.ai.bedrock.aws.region=eu-west-1",
            "spring.ai.bedrock.aws.secret-key=hush",
            "spring.ai.bedrock.converse.chat.options.model=amazon.nova-pro-v1:0",
            "spring.ai.bedrock.converse.chat.options.temperature=0.2")
        .run(context -> assertThat(context).hasSingleBean(ChatModel.class));

    assertThat(output)
        .contains(
            "spring.ai.bedrock.aws.region is of Spring AI's own starter and is not read; write"
                + " resilient.defaults.region",
            "write resilient.accounts.<name>.secret-key",
            "write resilient.routes.<name>.targets",
            "spring.ai.bedrock.converse.chat.options.temperature is of Spring AI's own starter and"
                + " is not read; write resilient.defaults.options.temperature");
    assertThat(output.toString().lines().filter(line -> line.contains("WARN")))
        .noneMatch(line -> line.contains("hush"));
  }

  @Test
  void whatMeansTheSameIsReadAndSaid(CapturedOutput output) {
    runner
        .withPropertyValues(
            "spring.ai.bedrock.aws.region=eu-west-1",
            "spring.ai.bedrock.aws.access-key=AKIATEST",
            "spring.ai.bedrock.aws.secret-key=hush",
            "spring.ai.bedrock.aws.timeout=45s",
            "spring.ai.bedrock.converse.chat.options.model=amazon.nova-pro-v1:0",
            "spring.ai.bedrock.converse.chat.options.temperature=0.2",
            "spring.ai.bedrock.converse.chat.options.top-k=7")
        .withInitializer(new CarriedOver())
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              RoutePlan chat = context.getBean(RoutePlans.class).route("chat");
              assertThat(chat.setting("timeout").value()).isEqualTo("45s");
              assertThat(chat.targets())
                  .singleElement()
                  .satisfies(
                      planned -> {
                        assertThat(planned.target().model()).isEqualTo("amazon.nova-pro-v1:0");
                        assertThat(planned.target().region()).isEqualTo("eu-west-1");
                        assertThat(planned.target().account()).isEqualTo("main");
                        assertThat(planned.setting("options.temperature").value()).isEqualTo("0.2");
                      });
            });

    assertThat(output)
        .contains(
            "spring.ai.bedrock.aws.region is read as resilient.defaults.region",
            "spring.ai.bedrock.aws.secret-key is read as resilient.accounts.main.secret-key",
            "spring.ai.bedrock.converse.chat.options.top-k is of Spring AI's own starter and is not"
                + " read")
        .doesNotContain("hush", "spring.ai.bedrock.aws.region is of Spring AI's own starter");
  }

  @Test
  void whatIsSetHereComesFirst() {
    runner
        .withPropertyValues(
            "resilient.routes.chat.targets=amazon.nova-lite-v1:0",
            "resilient.defaults.region=us-east-1",
            "spring.ai.bedrock.aws.region=eu-west-1",
            "spring.ai.bedrock.converse.chat.options.model=amazon.nova-pro-v1:0")
        .withInitializer(new CarriedOver())
        .run(
            context ->
                assertThat(context.getBean(RoutePlans.class).route("chat").targets())
                    .extracting(planned -> planned.target().name())
                    .containsExactly("amazon.nova-lite-v1:0@us-east-1/default"));
  }

  @Test
  void whoWantsNoChatModelGetsNone() {
    runner
        .withPropertyValues("spring.ai.model.chat=none")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ChatModel.class));
  }
}
