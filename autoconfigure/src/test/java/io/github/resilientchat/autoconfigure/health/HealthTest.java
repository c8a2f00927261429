package io.github.resilientchat.autoconfigure.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.operation.Part;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.availability.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.availability.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.health.HealthContributorAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.health.HealthEndpointAutoConfiguration;
import org.springframework.boot.actuate.health.CompositeHealth;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthComponent;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** What Spring Boot's health says of routes and accounts. */
class HealthTest {

  private final ApplicationContextRunner runner =
      Startup.runner()
          .withConfiguration(
              AutoConfigurations.of(
                  ResilientHealthAutoConfiguration.class,
                  HealthContributorAutoConfiguration.class,
                  HealthEndpointAutoConfiguration.class))
          .withPropertyValues(
              "resilient.backend=aws",
              "resilient.accounts.main.profile=nowhere",
              "resilient.defaults.account=main",
              "resilient.defaults.region=us-east-1",
              "resilient.routes.chat.targets=a.east(2rpm), a.west@us-west-2",
              "resilient.routes.chat.strategy=ordered");

  private static Router router(ApplicationContext context) {
    return context
        .getBean(Engine.class)
        .router(context.getBean(ConfiguredRoutes.class).route("chat"));
  }

  private static Attempt ask(Router router) {
    return (Attempt) router.begin(ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(10, 10)));
  }

  private static HealthComponent health(ApplicationContext context, String... path) {
    return context.getBean(HealthEndpoint.class).healthForPath(path);
  }

  private static Map<String, Object> details(ApplicationContext context, String... path) {
    return ((Health) health(context, path)).getDetails();
  }

  @Test
  void routeIsUpWhileATargetCanAnswerAndSaysHowEachIs() {
    runner.run(
        context -> {
          Router router = router(context);
          ask(router).completed(null);
          ask(router).completed(null);

          assertThat(health(context, "resilient", "routes", "chat").getStatus())
              .isEqualTo(Status.UP);
          assertThat(details(context, "resilient", "routes", "chat").toString())
              .contains("state=full, reason=over 2rpm, comesBackInSeconds=")
              .contains("state=ready")
              .doesNotContain("simulated");
        });
  }

  @Test
  void routeIsOutOfServiceWhenNoneCanAndSaysWhenTheFirstComesBack() {
    runner.run(
        context -> {
          Router router = router(context);
          ask(router).completed(null);
          ask(router).completed(null);
          context.getBean(Engine.class).operations().drain(Part.region("us-west-2"));

          assertThat(health(context, "resilient", "routes", "chat").getStatus())
              .isEqualTo(Status.OUT_OF_SERVICE);
          assertThat(health(context).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
          assertThat(details(context, "resilient", "routes", "chat"))
              .containsKey("comesBackInSeconds");
          assertThat(details(context, "resilient", "routes", "chat").toString())
              .contains("state=drained, reason=drained with region us-west-2");
        });
  }

  @Test
  void refusedCredentialsAreSeenAtTheirAccountAndTakeNobodyDown() {
    FailureClassifier refused =
        error -> Optional.of(Failure.of(FailureKind.UNAUTHENTICATED, "ExpiredTokenException"));
    runner
        .withBean(FailureClassifier.class, () -> refused)
        .run(
            context -> {
              Router router = router(context);
              assertThat(health(context, "resilient", "accounts", "main").getStatus())
                  .isEqualTo(Status.UNKNOWN);

              ask(router).failed(new IllegalStateException("secret of the provider"));

              assertThat(health(context, "resilient", "accounts", "main").getStatus().getCode())
                  .isEqualTo("DEGRADED");
              assertThat(details(context, "resilient", "accounts", "main"))
                  .containsEntry("credentials", "refused")
                  .containsEntry("code", "ExpiredTokenException");
              assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            });
  }

  @Test
  void answerShowsThatCredentialsAreTaken() {
    runner.run(
        context -> {
          ask(router(context)).completed(null);
          assertThat(health(context, "resilient", "accounts", "main").getStatus())
              .isEqualTo(Status.UP);
        });
  }

  @Test
  void routeOverWhichNoModelWasBuiltIsUnknown() {
    runner.run(
        context ->
            assertThat(health(context, "resilient", "routes", "chat").getStatus())
                .isEqualTo(Status.UNKNOWN));
  }

  @Test
  void simulatorIsSaid() {
    Startup.runner()
        .withConfiguration(
            AutoConfigurations.of(
                ResilientHealthAutoConfiguration.class,
                HealthContributorAutoConfiguration.class,
                HealthEndpointAutoConfiguration.class))
        .run(
            context ->
                assertThat(details(context, "resilient", "routes", "chat"))
                    .containsEntry("simulated", true));
  }

  @Test
  void readinessHearsOfItOnlyWhenAsked() {
    ApplicationContextRunner probes =
        runner
            .withConfiguration(
                AutoConfigurations.of(
                    ApplicationAvailabilityAutoConfiguration.class,
                    AvailabilityHealthContributorAutoConfiguration.class,
                    AvailabilityProbesAutoConfiguration.class))
            .withPropertyValues("management.endpoint.health.probes.enabled=true");
    probes.run(
        context ->
            assertThat(((CompositeHealth) health(context, "readiness")).getComponents())
                .doesNotContainKey("resilient"));
    probes
        .withPropertyValues(
            "management.endpoint.health.group.readiness.include=readinessState,resilient")
        .run(
            context ->
                assertThat(((CompositeHealth) health(context, "readiness")).getComponents())
                    .containsKey("resilient"));
  }

  @Test
  void canBeSwitchedOff() {
    runner
        .withPropertyValues("management.health.resilient.enabled=false")
        .run(context -> assertThat(health(context, "resilient")).isNull());
    runner
        .withPropertyValues("management.health.defaults.enabled=false")
        .run(context -> assertThat(health(context, "resilient")).isNull());
  }
}
