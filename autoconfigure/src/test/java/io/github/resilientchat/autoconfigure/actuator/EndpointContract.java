package io.github.resilientchat.autoconfigure.actuator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.resilientchat.autoconfigure.operation.OperatorChange;
import io.github.resilientchat.autoconfigure.operation.OperatorChanges;
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
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.jmx.JmxEndpointsSupplier;
import org.springframework.boot.actuate.endpoint.jmx.JmxOperation;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.env.MapPropertySource;

/** What the endpoint shows and changes, asked as Spring Boot asks it, on each line of that. */
public abstract class EndpointContract {

  private static final FailureClassifier THROTTLED =
      error -> Optional.of(Failure.of(FailureKind.THROTTLED, "ThrottlingException"));

  private final List<OperatorChange> events = new ArrayList<>();

  private final ApplicationContextRunner exposed =
      endpoint()
          .withBean(FailureClassifier.class, () -> THROTTLED)
          .withInitializer(
              context ->
                  context.addApplicationListener(
                      (ApplicationListener<PayloadApplicationEvent<OperatorChange>>)
                          event -> events.add(event.getPayload())))
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

  private final ApplicationContextRunner writable =
      exposed.withPropertyValues("management.endpoint.resilient.access=UNRESTRICTED");

  /** An application of a line of Spring Boot that has the endpoint, and no properties of it. */
  protected abstract ApplicationContextRunner endpoint();

  protected final ApplicationContextRunner exposed() {
    return exposed;
  }

  private static Router router(ApplicationContext context) {
    return context
        .getBean(Engine.class)
        .router(context.getBean(ConfiguredRoutes.class).route("chat"));
  }

  private static Attempt ask(Router router) {
    return (Attempt)
        router.begin(ModelCall.blocking(Caller.user("user-7"), new TokenEstimate(10, 10)));
  }

  private static Optional<JmxOperation> operation(ApplicationContext context, String name) {
    return context.getBean(JmxEndpointsSupplier.class).getEndpoints().stream()
        .filter(endpoint -> endpoint.getEndpointId().toString().equals("resilient"))
        .flatMap(endpoint -> endpoint.getOperations().stream())
        .filter(operation -> operation.getName().equals(name))
        .findFirst();
  }

  private static Object call(
      ApplicationContext context, String name, Map<String, Object> arguments) {
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

  @Test
  void routesAndTargetsAreShownWithWhatKeepsCallsAway() {
    exposed.run(
        context -> {
          ((Attempt) ask(router(context)).failed(new IllegalStateException("the prompt")))
              .completed(null);

          String all = call(context, "all", Map.of()).toString();

          assertThat(all)
              .contains("name=chat, canAnswer=true")
              .contains("name=east, model=a.b, region=us-east-1, account=main, tier=0, weight=1")
              .contains("state=resting, reason=cooling down, comesBackInSeconds=")
              .contains("limitsUsed={10rpm=")
              .contains("breaker=closed")
              .contains("drained=[]");
          assertThat(call(context, "named", Map.of("what", "routes", "name", "chat")).toString())
              .contains("state=ready");
          assertThat(call(context, "named", Map.of("what", "routes", "name", "chta"))).isNull();
        });
  }

  @Test
  void whatIsInForceIsShownWithWhoSaysItAndFollowsWhatIsReadAgain() {
    Map<String, Object> changing = new HashMap<>();
    writable
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("changing", changing)))
        .run(
            context -> {
              router(context);
              assertThat(call(context, "group", Map.of("what", "settings")).toString())
                  .contains("name=chat, isDefault=true")
                  .doesNotContain("AKIA", "the-secret-key");
              String chat = settings(context);
              assertThat(chat)
                  .containsPattern("timeout=\\{[^}]*value=2m")
                  .containsPattern("strategy=\\{[^}]*source=resilient.routes.chat")
                  .containsPattern("limits=\\{[^}]*source=resilient.targets.east")
                  .contains("10rpm");

              changing.put("resilient.routes.chat.timeout", "90s");
              call(context, "change", Map.of("action", "reload"));

              assertThat(settings(context)).containsPattern("timeout=\\{[^}]*value=90s");
              assertThat(call(context, "named", Map.of("what", "settings", "name", "chta")))
                  .isNull();
            });
  }

  private static String settings(ApplicationContext context) {
    return call(context, "named", Map.of("what", "settings", "name", "chat")).toString();
  }

  @Test
  void decisionsAreToldWithoutCallerPromptOrKey() {
    exposed.run(
        context -> {
          ((Attempt) ask(router(context)).failed(new IllegalStateException("the prompt")))
              .completed(null);

          String decisions = call(context, "group", Map.of("what", "decisions")).toString();

          assertThat(decisions)
              .contains("servedBy=west")
              .contains("target=east, kind=first, outcome=THROTTLED (ThrottlingException)")
              .contains("target=west, kind=fallback, outcome=answered");
          assertThat(decisions + call(context, "all", Map.of()))
              .doesNotContain("user-7")
              .doesNotContain("the prompt")
              .doesNotContain("AKIA")
              .doesNotContain("the-secret-key");
        });
  }

  @Test
  void nothingCanBeChangedUnlessItIsAllowed() {
    exposed.run(context -> assertThat(operation(context, "change")).isEmpty());
    writable.run(context -> assertThat(operation(context, "change")).isPresent());
  }

  @Test
  void drainIsDoneToldAndUndone() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    ((Logger) LoggerFactory.getLogger(OperatorChanges.class)).addAppender(log);
    writable.run(
        context -> {
          Router router = router(context);
          OperatorChange drained =
              (OperatorChange)
                  call(context, "change", Map.of("action", "drain", "region", "us-east-1"));

          assertThat(drained.changed()).isTrue();
          assertThat(drained.targets()).containsExactly("east");
          assertThat(drained.leavesNobody()).isEmpty();
          assertThat(ask(router).target().name()).isEqualTo("west");
          assertThat(call(context, "group", Map.of("what", "drained")))
              .hasToString("[region us-east-1]");
          assertThat(log.list)
              .extracting(ILoggingEvent::getFormattedMessage)
              .containsExactly("operator 'alice\\u000aERROR': drain region us-east-1");
          assertThat(events).containsExactly(drained);

          call(context, "change", Map.of("action", "undrain", "region", "us-east-1"));
          assertThat(ask(router).target().name()).isEqualTo("east");
        });
  }

  @Test
  void dryRunSaysWhomItWouldLeaveWithNobodyAndChangesNothing() {
    writable.run(
        context -> {
          Router router = router(context);
          OperatorChange would =
              (OperatorChange)
                  call(
                      context,
                      "change",
                      Map.of("action", "drain", "account", "main", "dryRun", true));

          assertThat(would.changed()).isTrue();
          assertThat(would.targets()).containsExactly("east", "west");
          assertThat(would.leavesNobody()).containsExactly("chat");
          assertThat(ask(router).target().name()).isEqualTo("east");
          assertThat(events).isEmpty();
        });
  }

  @Test
  void weightsAndRestsAreChanged() {
    writable.run(
        context -> {
          Router router = router(context);
          ((Attempt) ask(router).failed(new IllegalStateException("x"))).completed(null);

          call(
              context,
              "change",
              Map.of("action", "weight", "route", "chat", "target", "west", "weight", 7));
          call(context, "change", Map.of("action", "rest", "target", "east"));

          assertThat(call(context, "all", Map.of()).toString()).contains("weight=7");
          assertThat(ask(router).target().name()).isEqualTo("east");
        });
  }

  @Test
  void whatMakesNoSenseIsABadRequest() {
    writable.run(
        context -> {
          router(context);
          for (Map<String, Object> wrong :
              List.<Map<String, Object>>of(
                  Map.of("action", "drain"),
                  Map.of("action", "drain", "target", "east", "region", "us-east-1"),
                  Map.of("action", "drain", "target", "nobody"),
                  Map.of("action", "weight", "target", "east", "weight", 2),
                  Map.of("action", "weight", "route", "chat", "target", "east", "weight", 0),
                  Map.of("action", "rest", "target", "nobody"),
                  Map.of("action", "explode"))) {
            assertThatThrownBy(() -> call(context, "change", wrong))
                .isInstanceOf(InvalidEndpointRequestException.class);
          }
          assertThat(events).isEmpty();
        });
  }

  @Test
  void plansAreShownWithNumbersOfPeopleAndNobodysName() {
    exposed
        .withPropertyValues(
            "resilient.quotas.default.limits=5rpm",
            "resilient.quotas.tenant.limits=50rpm",
            "resilient.quotas.plans.gold.limits=9rpm",
            "resilient.quotas.plans.gold.users=alice-7, bob-8",
            "resilient.quotas.plans.gold.weight=3")
        .run(
            context -> {
              String plans = call(context, "group", Map.of("what", "plans")).toString();

              assertThat(plans)
                  .contains("name=gold, limits=9rpm, weight=3, users=2, groups=0")
                  .contains("name=default, limits=5rpm")
                  .contains("scope=tenant, of=tenant, limits=50rpm")
                  .doesNotContain("alice-7");
            });
  }

  @Test
  void accountOfACallerIsShownToWhoKnowsTheName() {
    exposed
        .withPropertyValues(
            "resilient.quotas.default.limits=5rpm, 5ktpm",
            "resilient.quotas.plans.gold.limits=9rpm",
            "resilient.quotas.plans.gold.users=user-7")
        .run(
            context -> {
              ask(router(context)).completed(null);

              String account =
                  call(context, "group", Map.of("what", "account", "user", "user-7")).toString();

              assertThat(account)
                  .contains("route=chat, plan=gold")
                  .contains("scope=user, limit=9rpm, used=1, left=8");
              assertThat(call(context, "group", Map.of("what", "account", "user", "nobody")))
                  .asString()
                  .contains("plan=default")
                  .contains("limit=5rpm, used=0, left=5");
              assertThatThrownBy(() -> call(context, "group", Map.of("what", "account")))
                  .isInstanceOf(InvalidEndpointRequestException.class);
            });
  }

  @Test
  void propertiesAreReadAgain() {
    Map<String, Object> changing = new HashMap<>();
    writable
        .withPropertyValues("resilient.quotas.default.limits=5rpm")
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("changing", changing)))
        .run(
            context -> {
              Router router = router(context);
              changing.put("resilient.routes.chat.targets", "west");
              changing.put("resilient.quotas.default.limits", "7rpm");
              Map<String, Object> reload = Map.of("action", "reload", "dryRun", true);
              OperatorChange would = (OperatorChange) call(context, "change", reload);
              assertThat(would.changed()).isTrue();
              assertThat(would.what()).isEqualTo("routes [chat], limits [user default: 7rpm]");
              assertThat(ask(router).target().name()).isEqualTo("east");

              call(context, "change", Map.of("action", "reload"));

              assertThat(ask(router).target().name()).isEqualTo("west");
              assertThat(events).extracting(OperatorChange::action).containsExactly("reload");
              changing.put("resilient.quotas.default.limits", "7 apples");
              assertThatThrownBy(() -> call(context, "change", Map.of("action", "reload")))
                  .isInstanceOf(InvalidEndpointRequestException.class)
                  .hasMessageContaining("7 apples");
            });
  }
}
