package io.github.resilientchat.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.operation.Part;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Health, whose types are in other packages and modules on Spring Boot 4. */
class HealthOnBoot4Test {

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withUserConfiguration(Application.class)
          .withPropertyValues(
              "spring.main.cloud-platform=none",
              "resilient.backend=aws",
              "resilient.accounts.main.access-key=AKIAIOSFODNN7EXAMPLE",
              "resilient.accounts.main.secret-key=wJalrXUtnFEMI",
              "resilient.routes.chat.targets=a.b@us-east-1/main, a.b@us-west-2/main");

  private static HealthDescriptor health(ApplicationContext context, String... path) {
    return context.getBean(HealthEndpoint.class).healthForPath(path);
  }

  @Test
  void routeIsUpAndOutOfService() {
    runner.run(
        context -> {
          Engine engine = context.getBean(Engine.class);
          engine.router(context.getBean(ConfiguredRoutes.class).route("chat"));
          assertThat(health(context, "resilient", "routes", "chat").getStatus())
              .isEqualTo(Status.UP);

          engine.operations().drain(Part.account("main"));

          assertThat(health(context, "resilient", "routes", "chat").getStatus())
              .isEqualTo(Status.OUT_OF_SERVICE);
          assertThat(
                  ((IndicatedHealthDescriptor) health(context, "resilient", "routes", "chat"))
                      .getDetails()
                      .toString())
              .contains("reason=drained with account main");
          assertThat(health(context, "resilient", "accounts", "main").getStatus())
              .isEqualTo(Status.UNKNOWN);
        });
  }

  @Test
  void canBeSwitchedOff() {
    runner
        .withPropertyValues("management.health.resilient.enabled=false")
        .run(context -> assertThat(health(context, "resilient")).isNull());
  }
}
