package io.github.resilientchat.autoconfigure.actuator;

import io.github.resilientchat.autoconfigure.operation.OperatorChange;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.jmx.JmxEndpointsSupplier;
import org.springframework.boot.actuate.endpoint.jmx.JmxOperation;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.env.MapPropertySource;

/** An application of a line of Spring Boot, with the endpoint as that asks it. */
public abstract class ExposedEndpoint {

  private static final FailureClassifier THROTTLED =
      error -> Optional.of(Failure.of(FailureKind.THROTTLED, "ThrottlingException"));

  /** What rests comes back with time, and what a limit has used with it. */
  private static final Ticker STANDING = () -> 1_000_000_000;

  /** Properties that go before all others, and may change. */
  final Map<String, Object> changing = new HashMap<>();

  final List<OperatorChange> events = new ArrayList<>();

  final ApplicationContextRunner exposed =
      endpoint()
          .withBean(FailureClassifier.class, () -> THROTTLED)
          .withBean(Ticker.class, () -> STANDING)
          .withInitializer(
              context -> {
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("changing", changing));
                context.addApplicationListener(
                    (ApplicationListener<PayloadApplicationEvent<OperatorChange>>)
                        event -> events.add(event.getPayload()));
              })
          .withPropertyValues(
              "spring.jmx.enabled=true",
              "spring.jmx.unique-names=true",
              "management.endpoints.jmx.exposure.include=resilient",
              "resilient.backend=aws",
              "resilient.accounts.main.access-key=AKIAIOSFODNN7EXAMPLE",
              "resilient.accounts.main.secret-key=the-secret-key",
              "resilient.defaults.account=main",
              "resilient.targets.east.model=a.b",
              "resilient.targets.east.region=us-east-1",
              "resilient.targets.east.limits=10rpm",
              "resilient.targets.west.model=a.b",
              "resilient.targets.west.region=us-west-2",
              "resilient.routes.chat.targets=east, west",
              "resilient.routes.chat.strategy=ordered");

  final ApplicationContextRunner writable =
      exposed.withPropertyValues("management.endpoint.resilient.access=UNRESTRICTED");

  /** An application of a line of Spring Boot that has the endpoint, and no properties of it. */
  protected abstract ApplicationContextRunner endpoint();

  protected final ApplicationContextRunner exposed() {
    return exposed;
  }

  static Router router(ApplicationContext context) {
    return context
        .getBean(Engine.class)
        .router(context.getBean(ConfiguredRoutes.class).route("chat"));
  }

  static Attempt ask(Router router) {
    return (Attempt)
        router.begin(ModelCall.blocking(Caller.user("user-7"), new TokenEstimate(10, 10)));
  }

  static Optional<JmxOperation> operation(ApplicationContext context, String name) {
    return context.getBean(JmxEndpointsSupplier.class).getEndpoints().stream()
        .filter(endpoint -> endpoint.getEndpointId().toString().equals("resilient"))
        .flatMap(endpoint -> endpoint.getOperations().stream())
        .filter(operation -> operation.getName().equals(name))
        .findFirst();
  }

  static Object call(ApplicationContext context, String name, Map<String, Object> arguments) {
    return operation(context, name)
        .orElseThrow()
        .invoke(new InvocationContext(as("alice\nERROR"), arguments));
  }

  private static SecurityContext as(String user) {
    return new SecurityContext() {
      @Override
      public Principal getPrincipal() {
        return () -> user;
      }

      @Override
      public boolean isUserInRole(String role) {
        return false;
      }
    };
  }
}
