package io.github.resilientchat.autoconfigure.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.resilientchat.autoconfigure.app.Assistant;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationContext;

/** Properties of routes that change while an application runs. */
class ReloadTest extends ChangingApplication {

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

  @Test
  void whatDidNotChangeIsLeftAlone() {
    application.run(
        context -> {
          assertThat(context.getBean(Reload.class).reload(false).isNothing()).isTrue();
          assertThat(events).isEmpty();
        });
  }

  @Test
  void aStrategyChangesByItself() {
    application.run(
        context -> {
          changing.put("resilient.routes.chat.targets", EAST + ", " + WEST);
          changing.put("resilient.routes.chat.strategy", "ordered");
          Reload reload = context.getBean(Reload.class);
          reload.reload(false);
          assertThat(regions(context, 6)).containsExactly("us-east-1");

          changing.put("resilient.routes.chat.strategy", "round-robin");
          assertThat(reload.reload(false).routes()).containsExactly("chat");

          assertThat(regions(context, 6)).containsExactlyInAnyOrder("us-east-1", "us-west-2");
          assertThat(reload.reload(false).isNothing()).isTrue();
        });
  }

  /** Where so many calls went. */
  private static Set<String> regions(ApplicationContext context, int calls) {
    Set<String> regions = new HashSet<>();
    for (int call = 0; call < calls; call++) {
      regions.add(
          context
              .getBean(ChatModel.class)
              .call(new Prompt("hello"))
              .getMetadata()
              .<String>get("resilient.region"));
    }
    return regions;
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
  void whatWouldStopAStartIsNotTakenOver() {
    application.run(
        context -> {
          refused(
              context,
              "resilient.routes.chat.timeout",
              "60",
              "resilient.routes.chat.timeout=60: has no unit, and would be 60 milliseconds");
          refused(
              context,
              "resilient.routes.chat.timeouts",
              "10s",
              "resilient.routes.chat.timeouts=(withheld): is not a known property. Fix: did you mean"
                  + " 'resilient.routes.chat.timeout'?");
          refused(
              context,
              "resilient.routes.chat.timeout",
              "soon",
              "resilient.routes.chat.timeout=soon: is not a time such as 500ms");
          refused(
              context,
              "resilient.quotas.max-wait",
              "long",
              "resilient.quotas.max-wait=long: is not a time such as 500ms");
        });
  }

  @Test
  void valuesThatCannotBeReadAreToldAtOnceAndNothingThatFollowsFromThem() {
    application.run(
        context -> {
          changing.put("resilient.routes.chat.timeout", "soon");
          changing.put("resilient.routes.chat.attempt-timeout", "60");
          changing.put("resilient.defaults.nonsense", "hush");
          changing.put("resilient.quotas.zone", "Mars/Olympus");

          assertThatThrownBy(() -> context.getBean(Reload.class).reload(false))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContainingAll(
                  "resilient.routes.chat.timeout=soon",
                  "resilient.routes.chat.attempt-timeout=60",
                  "resilient.defaults.nonsense=(withheld)",
                  "resilient.quotas.zone=Mars/Olympus")
              .satisfies(refused -> assertThat(refused.getMessage().lines()).hasSize(4));
        });
  }

  @Test
  void springCloudHearsNothingOfAValueThatIsNotOfItsType() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    ((Logger) LoggerFactory.getLogger(Reload.class)).addAppender(log);
    application.run(
        context -> {
          changing.put("resilient.routes.chat.timeout", "soon");
          context.publishEvent(new EnvironmentChangeEvent(context, Set.of()));

          assertThat(log.list)
              .extracting(ILoggingEvent::getFormattedMessage)
              .singleElement()
              .asString()
              .startsWith("properties changed, but routes and quotas stay as they are")
              .contains("resilient.routes.chat.timeout=soon");
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
  void whatCameOfReadingAgainIsCountedAndDryRunsAreNot() {
    application.run(
        context -> {
          MeterRegistry registry = new SimpleMeterRegistry();
          context.getBeanProvider(MeterBinder.class).forEach(each -> each.bindTo(registry));
          Reload reload = context.getBean(Reload.class);
          OperatorChanges operator = context.getBean(OperatorChanges.class);

          reload.reload(false);
          changing.put("resilient.routes.chat.targets", WEST);
          reload.reload(true);
          operator.reload("olga", false);
          changing.put("resilient.routes.other.targets", EAST);
          assertThatThrownBy(() -> operator.reload("olga", true)).hasMessageContaining("restart");
          assertThatThrownBy(() -> operator.reload("olga", false)).hasMessageContaining("restart");
          context.publishEvent(new EnvironmentChangeEvent(context, Set.of()));

          assertThat(reloads(registry, "same")).isEqualTo(1);
          assertThat(reloads(registry, "changed")).isEqualTo(1);
          assertThat(reloads(registry, "refused")).isEqualTo(2);
        });
  }

  private static double reloads(MeterRegistry registry, String outcome) {
    return registry
        .get("resilient.config.reloads")
        .tag("outcome", outcome)
        .functionCounter()
        .count();
  }

  @Test
  void metersFollowTargets() {
    application.run(
        context -> {
          MeterRegistry registry = new SimpleMeterRegistry();
          context.getBeanProvider(MeterBinder.class).forEach(each -> each.bindTo(registry));
          Set<Meter.Id> before = ownMeters(registry);
          assertThat(before).isNotEmpty();

          changing.put("resilient.routes.chat.targets", WEST);
          context.getBean(Reload.class).reload(false);

          assertThat(registry.find("resilient.target.weight").tag("route", "chat").gauges())
              .extracting(gauge -> gauge.getId().getTag("target"))
              .singleElement()
              .asString()
              .contains("us-west-2");
          changing.clear();
          context.getBean(Reload.class).reload(false);
          assertThat(ownMeters(registry)).isEqualTo(before);
        });
  }

  /** Without those of the JVM, which has new ones with each new kind of collection. */
  private static Set<Meter.Id> ownMeters(MeterRegistry registry) {
    return registry.getMeters().stream()
        .map(Meter::getId)
        .filter(id -> id.getName().startsWith("resilient."))
        .collect(Collectors.toSet());
  }
}
