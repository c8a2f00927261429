package io.github.resilientchat.autoconfigure.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.PropertiesFile;
import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.autoconfigure.identity.ResilientIdentityAutoConfiguration;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.autoconfigure.route.RoutePlan;
import io.github.resilientchat.autoconfigure.route.RoutePlans;
import io.github.resilientchat.core.route.Route;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
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
  void aListIsReadElementByElement(CapturedOutput output) {
    runner
        .withInitializer(
            PropertiesFile.yaml(
                """
                spring.ai.bedrock.converse.chat.options:
                  model: amazon.nova-pro-v1:0
                  stop-sequences:
                    - END
                    - one, two
                """))
        .withPropertyValues("resilient.defaults.region=us-east-1")
        .withInitializer(new CarriedOver())
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              ConfiguredRoutes routes = context.getBean(ConfiguredRoutes.class);
              Route chat = routes.route("chat");
              assertThat(routes.options(chat, chat.targets().get(0)).stopSequences())
                  .containsExactly("END", "one, two");
            });

    assertThat(output)
        .contains(
            "spring.ai.bedrock.converse.chat.options.stop-sequences is read as"
                + " resilient.defaults.options.stop-sequences")
        .doesNotContain("is not read");
  }

  @Test
  void whatIsReadIsNotCalledUnreadHoweverItIsSpelled(CapturedOutput output) {
    Startup.withVariables(
            runner,
            Map.of(
                "SPRING_AI_BEDROCK_AWS_ACCESSKEY", "AKIATEST",
                "SPRING_AI_BEDROCK_AWS_SECRET_KEY", "hush",
                "SPRING_AI_BEDROCK_CONVERSE_CHAT_OPTIONS_STOPSEQUENCES_0", "END",
                "SPRING_AI_BEDROCK_CONVERSE_CHAT_OPTIONS_TOPK", "7"))
        .withPropertyValues(
            "spring.ai.bedrock.aws.region=eu-west-1",
            "spring.ai.bedrock.converse.chat.options.maxTokens=500",
            "spring.ai.bedrock.converse.chat.options.topP=0.5",
            "spring.ai.bedrock.converse.chat.options.model=amazon.nova-pro-v1:0")
        .withInitializer(new CarriedOver())
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBean(RoutePlans.class).route("chat").targets())
                  .singleElement()
                  .satisfies(
                      planned -> {
                        assertThat(planned.target().account()).isEqualTo("main");
                        assertThat(planned.setting("options.max-tokens").value()).isEqualTo("500");
                        assertThat(planned.setting("options.top-p").value()).isEqualTo("0.5");
                        assertThat(planned.setting("options.stop-sequences").value())
                            .isEqualTo("END");
                      });
            });

    assertThat(output.toString().lines().filter(line -> line.contains("WARN")))
        .singleElement()
        .asString()
        .contains("topk is of Spring AI's own starter and is not read", "BedrockOptionsCustomizer");
  }

  @Test
  void whatIsNotReadIsNamedOnceHoweverItIsSpelled(CapturedOutput output) {
    runner
        .withPropertyValues(
            "spring.ai.bedrock.converse.chat.options.stopSequences[0]=END",
            "spring.ai.bedrock.converse.chat.options.stopSequences[1]=STOP")
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(output.toString().lines().filter(line -> line.contains("WARN")))
        .singleElement()
        .asString()
        .contains("is not read; write resilient.defaults.options.stop-sequences");
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

  @Test
  void whoWantsNoChatModelAndSetsNothingNeedsNoBackend() {
    ApplicationContextRunner unset =
        Startup.runner()
            .withConfiguration(
                AutoConfigurations.of(
                    ResilientIdentityAutoConfiguration.class,
                    ResilientSpringAiAutoConfiguration.class))
            .withClassLoader(
                new FilteredClassLoader(
                    "io.github.resilientchat.langchain4j",
                    "io.github.resilientchat.simulator",
                    "io.vertx"))
            .withPropertyValues("spring.ai.bedrock.aws.region=eu-west-1")
            .withInitializer(new CarriedOver());

    assertThat(Startup.refusal(unset)).contains("resilient.backend", "is not set");
    ApplicationContextRunner unwanted = unset.withPropertyValues("spring.ai.model.chat=none");
    unwanted.run(
        context -> assertThat(context).hasNotFailed().doesNotHaveBean(ConfiguredRoutes.class));
    assertThat(
            Startup.refusal(
                unwanted.withPropertyValues("resilient.routes.chat.targets=a.b@us-east-1")))
        .contains("resilient.backend", "is not set");
  }
}
