package io.github.resilientchat.autoconfigure.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.app.Assistant;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.autoconfigure.app.StreamedAnswer;
import io.github.resilientchat.autoconfigure.app.StreamingAssistant;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Invocation;
import io.github.resilientchat.simulator.Quota;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** What was paid for is used first, and what does not fit goes on demand. */
class ProvisionedThroughputTest {

  private static final String NOVA = "amazon.nova-pro-v1:0";
  private static final String BOUGHT =
      "arn:aws:bedrock:us-east-1:111122223333:provisioned-model/a1b2c3d4e5f6";

  /** A call of each kind. */
  private interface Way {
    void ask(ApplicationContext context) throws Exception;
  }

  private static final List<Way> WAYS =
      List.of(
          context -> context.getBean(Assistant.class).chat("hello"),
          context ->
              StreamedAnswer.of(context.getBean(StreamingAssistant.class).chat("hello")).text(),
          context ->
              context.getBean(ChatClient.Builder.class).build().prompt("hello").call().content(),
          context ->
              context.getBean(ChatClient.Builder.class).build().prompt("hello").stream()
                  .content()
                  .blockLast());

  private final ApplicationContextRunner app =
      new ApplicationContextRunner()
          .withUserConfiguration(BothFrameworksApplication.class)
          .withPropertyValues(
              "spring.main.cloud-platform=none",
              "resilient.backend=simulator",
              "resilient.identity.anonymous=shared",
              "resilient.defaults.region=us-east-1",
              "resilient.models.bought.id=" + BOUGHT,
              "resilient.models.bought.foundation-model=" + NOVA,
              "resilient.models.nova.id=" + NOVA,
              "resilient.routes.chat.targets=bought",
              "resilient.routes.chat.fallbacks=nova");

  private static List<String> served(BedrockSimulator bedrock) throws TimeoutException {
    return ended(bedrock).stream()
        .filter(call -> call.status() == 200)
        .map(Invocation::modelId)
        .toList();
  }

  /** A streamed answer is whole a moment before its exchange ends. */
  private static List<Invocation> ended(BedrockSimulator bedrock) throws TimeoutException {
    bedrock.awaitIdle(Duration.ofMinutes(1));
    return bedrock.invocations();
  }

  @Test
  void overflowGoesOnDemandAndComesBackWhenThereIsRoom() {
    for (Way way : WAYS) {
      app.run(
          context -> {
            BedrockSimulator bedrock = context.getBean(BedrockSimulator.class);
            bedrock.quota(Quota.requestsPerMinute(2).model(BOUGHT));
            for (int call = 0; call < 4; call++) {
              way.ask(context);
            }
            assertThat(served(bedrock)).containsExactly(BOUGHT, BOUGHT, NOVA, NOVA);

            bedrock.quota(Quota.requestsPerMinute(100).model(BOUGHT));
            context.getBean(Engine.class).operations().endRest("bought@us-east-1/default");
            way.ask(context);
            assertThat(served(bedrock)).endsWith(BOUGHT);
          });
    }
  }

  @Test
  void onDemandQuotaThatIsUsedUpIsNotTheBoughtOnes() {
    app.run(
        context -> {
          BedrockSimulator bedrock = context.getBean(BedrockSimulator.class);
          bedrock.quota(Quota.requestsPerMinute(0).model(NOVA));

          for (Way way : WAYS) {
            way.ask(context);
          }

          assertThat(served(bedrock)).hasSize(WAYS.size()).containsOnly(BOUGHT);
        });
  }

  @Test
  void ownLimitTurnsOverBeforeAThrottleDoes() {
    app.withPropertyValues("resilient.routes.chat.targets=bought(2rpm)")
        .run(
            context -> {
              BedrockSimulator bedrock = context.getBean(BedrockSimulator.class);
              for (Way way : WAYS) {
                way.ask(context);
              }

              assertThat(served(bedrock)).containsExactly(BOUGHT, BOUGHT, NOVA, NOVA);
              assertThat(ended(bedrock)).extracting(Invocation::status).containsOnly(200);
            });
  }

  @Test
  void applicationProfileOfEachRegionAnswers() {
    String profile = "arn:aws:bedrock:us-west-2:111122223333:application-inference-profile/a1b2c3";
    app.withPropertyValues(
            "resilient.models.nova.ids.default.uswest2=" + profile,
            "resilient.models.nova.foundation-model=" + NOVA,
            "resilient.routes.chat.targets=nova@us-west-2",
            "resilient.routes.chat.fallbacks=bought")
        .run(
            context -> {
              WAYS.get(0).ask(context);
              assertThat(served(context.getBean(BedrockSimulator.class))).containsExactly(profile);
            });
  }
}
