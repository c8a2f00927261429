package io.github.resilientchat.autoconfigure.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.PropertyNames;
import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.autoconfigure.route.RoutePlan.PlannedTarget;
import io.github.resilientchat.autoconfigure.route.RoutePlan.Setting;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is in force over a route, and which property says so, as a value and in the log. */
@ExtendWith(OutputCaptureExtension.class)
class RoutePlanTest {

  private static final String[] FILE = {
    "resilient.accounts.prod.profile=x",
    "resilient.accounts.burst.profile=y",
    "resilient.defaults.account=prod",
    "resilient.defaults.region=us-east-1",
    "resilient.defaults.timeout=60s",
    "resilient.models.sonnet.id=us.anthropic.claude-sonnet-4-6",
    "resilient.targets.east.model=sonnet",
    "resilient.targets.east.weight=3",
    "resilient.targets.east.limits=200rpm, 50par",
    "resilient.routes.chat.targets=east, sonnet@us-west-2/burst*2",
    "resilient.routes.chat.fallbacks=route:batch",
    "resilient.routes.chat.attempt-timeout=25s",
    "resilient.routes.chat.retry.max-attempts=5",
    "resilient.routes.batch.targets=us.amazon.nova-pro-v1:0(3rpm)"
  };

  @Test
  void everyValueTellsItsSource() {
    RoutePlan chat = plans(FILE).route("chat");

    assertThat(chat.isDefault()).isTrue();
    assertThat(chat.setting("attempt-timeout"))
        .isEqualTo(new Setting("attempt-timeout", "25s", "resilient.routes.chat"));
    assertThat(chat.setting("timeout"))
        .isEqualTo(new Setting("timeout", "1m", "resilient.defaults"));
    assertThat(chat.setting("idle-timeout"))
        .isEqualTo(new Setting("idle-timeout", "30s", RoutePlan.UNSET));
    assertThat(chat.setting("strategy"))
        .isEqualTo(new Setting("strategy", "adaptive", RoutePlan.UNSET));
    assertThat(chat.setting("hedge.after").value()).isEqualTo("none");
  }

  @Test
  void everyTargetTellsWhereItIsAndWhoSaysSo() {
    List<PlannedTarget> targets = plans(FILE).route("chat").targets();

    assertThat(targets).extracting(PlannedTarget::tier).containsExactly(1, 1, 2);
    assertThat(targets.get(0).settings())
        .containsExactly(
            new Setting("model", "us.anthropic.claude-sonnet-4-6", "resilient.targets.east"),
            new Setting("region", "us-east-1", "resilient.defaults"),
            new Setting("account", "prod", "resilient.defaults"),
            new Setting("weight", "3", "resilient.targets.east"),
            new Setting("limits", "200rpm 50par", "resilient.targets.east"));
    assertThat(targets.get(1).setting("account"))
        .isEqualTo(new Setting("account", "burst", "resilient.routes.chat"));
    assertThat(targets.get(1).setting("limits"))
        .isEqualTo(new Setting("limits", "none", RoutePlan.UNSET));
    assertThat(targets.get(2).setting("limits"))
        .isEqualTo(new Setting("limits", "3rpm", "resilient.routes.batch"));
  }

  @Test
  void limitsTellEachOfTheGroupsThatSayThem() {
    RoutePlans plans =
        plans(
            "resilient.accounts.prod.profile=x",
            "resilient.accounts.prod.limits=900rpm",
            "resilient.defaults.account=prod",
            "resilient.defaults.region=us-east-1",
            "resilient.targets.east.model=a.b",
            "resilient.targets.east.limits=200rpm",
            "resilient.routes.chat.targets=east",
            "resilient.routes.batch.targets=a.b(50rpm), a.c@us-west-2");

    assertThat(limits(plans.route("chat").targets().get(0)))
        .containsExactly(
            new Setting("limits", "200rpm", "resilient.targets.east"),
            new Setting("limits", "900rpm", "resilient.accounts.prod"));
    assertThat(limits(plans.route("batch").targets().get(0)))
        .containsExactly(
            new Setting("limits", "50rpm", "resilient.routes.batch"),
            new Setting("limits", "200rpm", "resilient.targets.east"),
            new Setting("limits", "900rpm", "resilient.accounts.prod"));
    assertThat(limits(plans.route("batch").targets().get(1)))
        .containsExactly(new Setting("limits", "900rpm", "resilient.accounts.prod"));
    assertThat(plans.route("batch").describe())
        .contains(
            "resilient.routes.batch: model=a.b limits=50rpm",
            "resilient.targets.east: limits=200rpm",
            "resilient.accounts.prod: limits=900rpm");
    assertThat(plans.route("batch").asMap().toString())
        .contains("value=50rpm", "value=200rpm", "value=900rpm");
  }

  private static List<Setting> limits(PlannedTarget target) {
    return target.settings().stream().filter(each -> each.name().equals("limits")).toList();
  }

  @Test
  void everySettingOfARouteIsTold() {
    assertThat(plans(FILE).route("chat").settings())
        .extracting(Setting::name)
        .containsExactlyInAnyOrderElementsOf(
            PropertyNames.below("routes.*.").stream()
                .filter(name -> !List.of("targets", "fallbacks").contains(name))
                .filter(name -> !name.startsWith("options."))
                .toList());
  }

  @Test
  void optionsTellWhoSaysThem() {
    RoutePlan chat =
        plans(
                "resilient.defaults.region=us-east-1",
                "resilient.defaults.options.temperature=0.1",
                "resilient.defaults.options.top-p=0.9",
                "resilient.routes.chat.options.temperature=0.2",
                "resilient.routes.chat.options.stop-sequences=END, STOP",
                "resilient.models.m.id=a.b",
                "resilient.models.m.max-tokens=100",
                "resilient.models.m.options.temperature=0.3",
                "resilient.targets.east.model=m",
                "resilient.targets.east.options.temperature=0.4",
                "resilient.routes.chat.targets=east, m@us-west-2, a.c")
            .route("chat");

    assertThat(chat.targets())
        .extracting(target -> target.setting("options.temperature"))
        .containsExactly(
            new Setting("options.temperature", "0.4", "resilient.targets.east"),
            new Setting("options.temperature", "0.3", "resilient.models.m"),
            new Setting("options.temperature", "0.2", "resilient.routes.chat"));
    assertThat(chat.targets().get(0).settings())
        .contains(
            new Setting("options.top-p", "0.9", "resilient.defaults"),
            new Setting("options.max-tokens", "100", "resilient.models.m"),
            new Setting("options.stop-sequences", "END,STOP", "resilient.routes.chat"));
  }

  @Test
  void theStartSaysItOnceForEachRoute(CapturedOutput output) {
    plans(FILE);

    assertThat(output.toString().lines().filter(line -> line.contains("INFO")))
        .filteredOn(line -> line.contains("io.github.resilientchat.routes"))
        .hasSize(2);
    assertThat(output)
        .contains(
            "route 'chat', the default:",
            "  tier 1  east",
            "resilient.targets.east: model=us.anthropic.claude-sonnet-4-6 weight=3",
            "  resilient.routes.chat: attempt-timeout=25s retry.max-attempts=5",
            "route 'batch':");
  }

  @Test
  void routesOfABeanAreToldAsWell() {
    Route route = Route.named("own").tier(Target.named("a")).build();
    AtomicReference<RoutePlans> plans = new AtomicReference<>();
    Startup.runner()
        .withPropertyValues("resilient.backend=aws")
        .withBean(
            ConfiguredRoutes.class, () -> new ConfiguredRoutes(List.of(route), "own", Map.of()))
        .run(context -> plans.set(context.getBean(RoutePlans.class)));

    assertThat(plans.get().route("own").setting("timeout"))
        .isEqualTo(new Setting("timeout", "2m", "a bean of type ConfiguredRoutes"));
  }

  @Test
  void propertiesThatABeanReplacesAreSaid(CapturedOutput output) {
    Route route = Route.named("own").tier(Target.named("a")).build();
    Startup.runner()
        .withPropertyValues("resilient.backend=aws")
        .withPropertyValues(FILE)
        .withBean(
            ConfiguredRoutes.class, () -> new ConfiguredRoutes(List.of(route), "own", Map.of()))
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(output).contains("a bean of type ConfiguredRoutes replaces them");
  }

  private static RoutePlans plans(String... properties) {
    AtomicReference<RoutePlans> plans = new AtomicReference<>();
    Startup.runner()
        .withPropertyValues("resilient.backend=aws")
        .withPropertyValues(properties)
        .run(context -> plans.set(context.getBean(RoutePlans.class)));
    return plans.get();
  }
}
