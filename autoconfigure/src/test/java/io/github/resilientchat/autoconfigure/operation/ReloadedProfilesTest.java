package io.github.resilientchat.autoconfigure.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.autoconfigure.bedrock.PatientDiscovery;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.simulator.BedrockSimulator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Inference profiles that routes come to name while the application runs, with discovery on. */
class ReloadedProfilesTest {

  private static final String SONNET = "us.anthropic.claude-sonnet-4-6";
  private static final String OWN =
      "arn:aws:bedrock:us-east-1:111111111111:application-inference-profile/";

  private final BedrockSimulator bedrock = BedrockSimulator.start();
  private final Map<String, Object> changing = new HashMap<>();
  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withUserConfiguration(BothFrameworksApplication.class, PatientDiscovery.class)
          .withInitializer(
              context ->
                  context
                      .getEnvironment()
                      .getPropertySources()
                      .addFirst(new MapPropertySource("changing", changing)))
          .withPropertyValues(
              "spring.main.cloud-platform=none",
              "resilient.backend=aws",
              "resilient.discovery.profiles=start",
              "resilient.identity.anonymous=shared",
              "resilient.defaults.region=us-east-1",
              "resilient.accounts.blue.access-key=" + BedrockSimulator.accessKey("blue"),
              "resilient.accounts.blue.secret-key=" + BedrockSimulator.secretKey(),
              "resilient.accounts.blue.endpoint=" + bedrock.endpoint(),
              "resilient.routes.chat.residency=us",
              "resilient.routes.chat.targets=" + SONNET);

  @AfterEach
  void close() {
    bedrock.close();
  }

  @Test
  void profileThatMayLeaveTheResidencyIsRefused() {
    bedrock.applicationProfile(OWN + "abroad", "global.anthropic.claude-sonnet-4-6");
    application.run(
        context -> {
          own("abroad");

          assertThatThrownBy(() -> context.getBean(Reload.class).reload(false))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("resilient.routes.chat.residency=us")
              .hasMessageContaining(
                  "own@us-east-1/blue, and a global profile may be served in any Region");
          assertThat(models(context)).containsExactly(SONNET);
        });
  }

  @Test
  void profileThatTheAccountDoesNotHaveIsRefused() {
    application.run(
        context -> {
          changing.put("resilient.routes.chat.targets", "us.anthropic.claude-sonnet-4-66");

          assertThatThrownBy(() -> context.getBean(Reload.class).reload(true))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining(
                  "the account blue has no inference profile us.anthropic.claude-sonnet-4-66 in"
                      + " us-east-1");
          assertThat(models(context)).containsExactly(SONNET);
        });
  }

  @Test
  void profileThatWasMadeSinceTheStartIsTakenOver() {
    application.run(
        context -> {
          bedrock.applicationProfile(OWN + "new", SONNET);
          own("new");

          context.getBean(Reload.class).reload(false);

          assertThat(models(context)).containsExactly(OWN + "new");
        });
  }

  private void own(String profile) {
    changing.put("resilient.models.own.id", OWN + profile);
    changing.put("resilient.routes.chat.targets", "own");
  }

  private static List<String> models(ApplicationContext context) {
    return context.getBean(Engine.class).operations().routes().stream()
        .flatMap(route -> route.targets().stream())
        .map(status -> status.target())
        .map(Target::model)
        .toList();
  }
}
