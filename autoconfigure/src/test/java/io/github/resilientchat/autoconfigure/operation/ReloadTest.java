package io.github.resilientchat.autoconfigure.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.resilientchat.autoconfigure.app.Assistant;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.autoconfigure.quota.RereadQuotas;
import io.github.resilientchat.autoconfigure.route.RereadRoutes;
import io.github.resilientchat.autoconfigure.route.RoutesNow;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.operation.Operations;
import io.github.resilientchat.core.operation.TargetStatus;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.HeldLimits;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.env.MapPropertySource;

/** Properties that change while an application runs. */
class ReloadTest {

  private static final String EAST = "us.anthropic.claude-haiku-4-5-20251001-v1:0@us-east-1";
  private static final String WEST = "us.anthropic.claude-haiku-4-5-20251001-v1:0@us-west-2";

  private final Map<String, Object> changing = new HashMap<>();
  private final List<Reloaded> events = new ArrayList<>();

  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withUserConfiguration(BothFrameworksApplication.class)
          .withInitializer(
              context -> {
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("changing", changing));
                context.addApplicationListener(
                    (ApplicationListener<PayloadApplicationEvent<Reloaded>>)
                        event -> events.add(event.getPayload()));
              })
          .withPropertyValues(
              "spring.main.cloud-platform=none",
              "resilient.backend=simulator",
              "resilient.identity.anonymous=shared",
              "resilient.routes.chat.targets=" + EAST,
              "resilient.routes.chat.strategy=weighted",
              "resilient.routes.batch.targets=" + WEST);

  private static List<String> targets(ApplicationContext context) {
    return context.getBean(Engine.class).operations().routes().stream()
        .filter(route -> route.name().equals("chat"))
        .flatMap(route -> route.targets().stream())
        .map(target -> target.target().region() + "*" + target.weight())
        .toList();
  }

  @Test
  void targetsComeGoAndChangeWeightForBothFrameworks() {
    application.run(
        context -> {
          changing.put("resilient.routes.chat.targets", WEST + "*3, " + EAST);

          Reloaded reloaded = context.getBean(Reload.class).reload(false);

          assertThat(reloaded.routes()).containsExactly("chat");
          assertThat(targets(context)).containsExactly("us-west-2*3", "us-east-1*1");
          changing.put("resilient.routes.chat.targets", WEST);
          context.getBean(Reload.class).reload(false);
          assertThat(context.getBean(Assistant.class).chat("hello")).isNotBlank();
          assertThat(context.getBean(ChatModel.class).call("hello")).isNotBlank();
          assertThat(targets(context)).containsExactly("us-west-2*1");
          assertThat(events).hasSize(2);
        });
  }

  @Test
  void springCloudsEventIsHeardAndWhatCannotBeIsRefusedInTheLog() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    ((Logger) LoggerFactory.getLogger(Reload.class)).addAppender(log);
    application.run(
        context -> {
          changing.put("resilient.routes.chat.targets", WEST);
          context.publishEvent(
              new EnvironmentChangeEvent(context, Set.of("resilient.routes.chat.targets")));
          assertThat(targets(context)).containsExactly("us-west-2*1");

          changing.put("resilient.routes.other.targets", EAST);
          changing.put("resilient.routes.chat.targets", EAST);
          context.publishEvent(new EnvironmentChangeEvent(context, Set.of()));

          assertThat(targets(context)).containsExactly("us-west-2*1");
          assertThat(log.list)
              .extracting(ILoggingEvent::getFormattedMessage)
              .containsExactly(
                  "properties changed: routes [chat], limits []",
                  "properties changed, but routes and quotas stay as they are: this cannot change"
                      + " while the application runs: the routes are [batch, chat], not [batch,"
                      + " chat, other]; restart it for that");
        });
  }

  /** A call may go to a new target before the change is over. */
  @Test
  void modelsOfNewTargetsAreMadeAsIsWantedFromTheFirstCallOn() {
    application.run(
        context -> {
          RoutesNow now = context.getBean(RoutesNow.class);
          List<Route> known = new ArrayList<>();
          changing.put("resilient.routes.chat.targets", WEST);

          reload(context, operations -> known.add(now.get().route("chat"))).reload(false);

          assertThat(known)
              .flatExtracting(Route::targets)
              .extracting(Target::region)
              .containsExactly("us-west-2");
        });
  }

  @Test
  void nothingIsWantedThatTheEngineRefused() {
    application.run(
        context -> {
          RoutesNow now = context.getBean(RoutesNow.class);
          changing.put("resilient.routes.chat.targets", WEST);
          Reload refused =
              reload(
                  context,
                  operations -> {
                    throw new IllegalArgumentException("not now");
                  });

          assertThatThrownBy(() -> refused.reload(false)).hasMessage("not now");

          assertThat(now.get().route("chat").targets())
              .extracting(Target::region)
              .containsExactly("us-east-1");
        });
  }

  /** The application's own, with somebody who looks on as its engine is about to change. */
  private static Reload reload(ApplicationContext context, Consumer<Operations> before) {
    Operations real = context.getBean(Engine.class).operations();
    Operations watched =
        (Operations)
            Proxy.newProxyInstance(
                ReloadTest.class.getClassLoader(),
                new Class<?>[] {Operations.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("change")) {
                    before.accept(real);
                  }
                  return method.invoke(real, arguments);
                });
    return new Reload(
        watched,
        context.getBean(RoutesNow.class),
        () -> context.getBean(RereadRoutes.class),
        () -> context.getBean(RereadQuotas.class),
        context.getBean(CallerQuotas.class),
        context);
  }

  @Test
  void whatDidNotChangeIsLeftAlone() {
    application.run(
        context -> {
          assertThat(context.getBean(Reload.class).reload(false).isNothing()).isTrue();
          assertThat(events).isEmpty();
        });
  }

  @Test
  void dryRunChangesNothing() {
    application.run(
        context -> {
          changing.put("resilient.routes.chat.targets", WEST);

          assertThat(context.getBean(Reload.class).reload(true).routes()).containsExactly("chat");

          assertThat(targets(context)).containsExactly("us-east-1*1");
          assertThat(events).isEmpty();
        });
  }

  @Test
  void amountsOfLimitsChange() {
    application
        .withPropertyValues(
            "resilient.quotas.default.limits=5rpm", "resilient.routes.batch.limits=9rpm")
        .run(
            context -> {
              changing.put("resilient.quotas.default.limits", "50rpm");
              changing.put("resilient.routes.batch.limits", "90rpm");

              Reloaded reloaded = context.getBean(Reload.class).reload(false);

              assertThat(reloaded.limits())
                  .containsExactlyInAnyOrder("user default: 50rpm", "route batch: 90rpm");
              assertThat(((PlanQuotas) context.getBean(CallerQuotas.class)).limits())
                  .extracting(HeldLimits::limits)
                  .extracting(Object::toString)
                  .containsExactlyInAnyOrder("50rpm", "90rpm");
            });
  }

  @Test
  void aQuotaThatNoCallFitsIsSaidWhenItIsTakenOverAndNotBefore() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    ((Logger) LoggerFactory.getLogger("io.github.resilientchat.configuration")).addAppender(log);
    application
        .withPropertyValues(
            "resilient.defaults.options.max-tokens=1000", "resilient.quotas.default.limits=50ktpm")
        .run(
            context -> {
              assertThat(log.list).isEmpty();
              changing.put("resilient.quotas.default.limits", "500tpm");

              context.getBean(Reload.class).reload(true);
              assertThat(log.list).isEmpty();
              context.getBean(Reload.class).reload(false);

              assertThat(log.list)
                  .extracting(ILoggingEvent::getFormattedMessage)
                  .singleElement()
                  .asString()
                  .startsWith(
                      "resilient.quotas.default.limits=500tpm fits no call over route 'batch'");
            });
  }

  @Test
  void everyProblemOfRoutesAndQuotasIsToldAtOnce() {
    application
        .withPropertyValues("resilient.quotas.default.limits=5usd/d, 9rpm")
        .run(
            context -> {
              changing.put("resilient.routes.chat.targets", EAST + ", x.unpriced@us-east-1");
              changing.put("resilient.routes.chat.timeout", "-3s");
              changing.put("resilient.quotas.zone", "Mars/Olympus");

              assertThatThrownBy(() -> context.getBean(Reload.class).reload(false))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageContaining(
                      "has no prices, but resilient.quotas.default.limits=5usd/d is in money")
                  .hasMessageContaining("resilient.routes.chat.timeout")
                  .hasMessageContaining("resilient.quotas.zone=Mars/Olympus");
              assertThat(targets(context)).containsExactly("us-east-1*1");
            });
  }

  @Test
  void whatNeedsARestartOrIsWrongIsRefusedAndChangesNothing() {
    application.run(
        context -> {
          refused(context, "resilient.routes.other.targets", EAST, "the routes are [batch, chat]");
          refused(context, "resilient.default-route", "batch", "the default route is chat");
          refused(context, "resilient.quotas.default.limits", "5rpm", "the plans are []");
          refused(context, "resilient.routes.chat.targets", "nonsense", "nonsense");
          assertThat(targets(context)).hasSize(1);
        });
  }

  private void refused(ApplicationContext context, String key, String value, String why) {
    changing.put(key, value);
    changing.put("resilient.routes.batch.targets", EAST);
    assertThatThrownBy(() -> context.getBean(Reload.class).reload(false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
    changing.clear();
    assertThat(targets(context)).containsExactly("us-east-1*1");
    assertThat(context.getBean(Reload.class).reload(true).isNothing()).isTrue();
  }

  @Test
  void metersFollowTargets() {
    application.run(
        context -> {
          MeterRegistry registry = new SimpleMeterRegistry();
          context.getBeanProvider(MeterBinder.class).forEach(each -> each.bindTo(registry));
          int before = registry.getMeters().size();

          changing.put("resilient.routes.chat.targets", WEST);
          context.getBean(Reload.class).reload(false);

          assertThat(registry.find("resilient.target.weight").tag("route", "chat").gauges())
              .extracting(gauge -> gauge.getId().getTag("target"))
              .singleElement()
              .asString()
              .contains("us-west-2");
          changing.clear();
          context.getBean(Reload.class).reload(false);
          assertThat(registry.getMeters()).hasSize(before);
        });
  }

  @Test
  void noCallFailsInAThousandChangesUnderLoad() {
    application.run(
        context -> {
          Assistant langChain4j = context.getBean(Assistant.class);
          ChatModel springAi = context.getBean(ChatModel.class);
          AtomicBoolean over = new AtomicBoolean();
          ExecutorService threads = Executors.newFixedThreadPool(3);
          try {
            List<Future<Integer>> callers = new ArrayList<>();
            callers.add(threads.submit(calls(over, () -> langChain4j.chat("hello"))));
            callers.add(threads.submit(calls(over, () -> springAi.call("hello"))));
            callers.add(
                threads.submit(
                    calls(
                        over,
                        () -> String.join("", springAi.stream("hello").toStream().toList()))));
            Reload reload = context.getBean(Reload.class);
            for (int change = 0; change < 1_000; change++) {
              String other = change % 3 == 0 ? "" : ", " + (change % 3 == 1 ? EAST : WEST);
              String first = change % 3 == 1 ? WEST : EAST;
              changing(
                  Map.of("resilient.routes.chat.targets", first + "*" + (1 + change % 7) + other));
              reload.reload(false);
            }
            over.set(true);
            for (Future<Integer> caller : callers) {
              assertThat(caller.get()).isPositive();
            }
            assertThat(context.getBean(Engine.class).operations().routes())
                .flatExtracting(route -> route.targets())
                .extracting(TargetStatus::inFlight)
                .containsOnly(0);
          } finally {
            over.set(true);
            threads.shutdownNow();
          }
        });
  }

  private void changing(Map<String, String> properties) {
    changing.putAll(properties);
  }

  private static Callable<Integer> calls(AtomicBoolean over, Callable<String> call) {
    return () -> {
      int answered = 0;
      while (!over.get() || answered == 0) {
        assertThat(call.call()).isNotBlank();
        answered++;
      }
      return answered;
    };
  }
}
