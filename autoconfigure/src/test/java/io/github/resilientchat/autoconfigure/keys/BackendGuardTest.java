package io.github.resilientchat.autoconfigure.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.core.route.Target;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class BackendGuardTest {

  @Test
  void withoutPropertiesTheSimulatorAnswersARouteOfTwoTargetsAndSaysSoOnce(CapturedOutput output) {
    Startup.runner()
        .run(
            context -> {
              ConfiguredRoutes routes = context.getBean(ConfiguredRoutes.class);
              assertThat(routes.names()).containsExactly("chat");
              assertThat(routes.route("chat").targets())
                  .extracting(Target::region)
                  .containsExactly("us-east-1", "us-west-2");
              assertThat(routes.route("chat").targets())
                  .allSatisfy(
                      target -> assertThat(target.attributes()).containsEntry("simulated", "true"));
            });

    assertThat(output.toString().lines().filter(line -> line.contains("WARN")))
        .singleElement()
        .asString()
        .contains("resilient.backend=aws");
  }

  @Test
  void onAwsNothingIsSimulated() {
    assertThat(
            Startup.routes("resilient.routes.chat.targets=a.b@us-east-1").route("chat").targets())
        .allSatisfy(target -> assertThat(target.attributes()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resilient.accounts.main.profile=x",
        "resilient.routes.chat.targets=a.b@us-east-1",
        "resilient.models.sonnet.id=a.b",
        "resilient.targets.east.model=a.b"
      })
  void placesWithoutABackendAreRefused(String property) {
    assertThat(Startup.refusal(Startup.runner().withPropertyValues(property)))
        .contains("resilient.backend", "is not set", "add resilient.backend=aws");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS_EXECUTION_ENV",
        "ECS_CONTAINER_METADATA_URI",
        "ECS_CONTAINER_METADATA_URI_V4",
        "AWS_LAMBDA_FUNCTION_NAME",
        "KUBERNETES_SERVICE_HOST"
      })
  void onACloudPlatformNothingIsSimulated(String marker) {
    var cloud = Startup.withVariables(Startup.undeclared(), Map.of(marker, "x"));

    assertThat(Startup.refusal(cloud))
        .contains("resilient.backend", "cloud platform", marker, "set resilient.backend=aws");
    assertThat(Startup.refusal(cloud.withPropertyValues("resilient.backend=simulator")))
        .contains("resilient.backend=simulator", "cloud platform", "set resilient.backend=aws");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "aws ", "azure"})
  void aBackendIsNeverGuessed(String value) {
    assertThat(
            Startup.refusal(
                Startup.runner()
                    .withInitializer(
                        context ->
                            context
                                .getEnvironment()
                                .getPropertySources()
                                .addFirst(
                                    new MapPropertySource(
                                        "blank", Map.of("resilient.backend", value))))))
        .contains("resilient.backend=" + value, "write aws or simulator");
  }

  @Test
  void aPlatformThatSpringBootKnowsIsACloudPlatform() {
    assertThat(
            Startup.refusal(
                Startup.undeclared()
                    .withPropertyValues("spring.main.cloud-platform=cloud_foundry")))
        .contains("CLOUD_FOUNDRY", "set resilient.backend=aws");
  }

  @Test
  void aBuildMachineOnACloudPlatformMaySimulate() {
    Startup.withVariables(Startup.runner(), Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"))
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void onACloudPlatformAwsAnswers() {
    Startup.withVariables(Startup.undeclared(), Map.of("AWS_EXECUTION_ENV", "x"))
        .withPropertyValues("resilient.backend=aws", "resilient.routes.chat.targets=a.b@us-east-1")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void disabledMeansNothingIsReadOrChecked() {
    Startup.runner()
        .withPropertyValues("resilient.enabled=false", "resilient.nonsense=1")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ConfiguredRoutes.class));
  }

  @Test
  void lazyBeansDoNotPostponeTheCheck() {
    assertThat(
            Startup.refusal(
                Startup.runner()
                    .withInitializer(
                        context ->
                            context.addBeanFactoryPostProcessor(
                                new org.springframework.boot
                                    .LazyInitializationBeanFactoryPostProcessor()))
                    .withPropertyValues("resilient.backend=aws")))
        .contains("no route is configured");
  }
}
