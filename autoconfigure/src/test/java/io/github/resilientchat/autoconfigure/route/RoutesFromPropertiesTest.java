package io.github.resilientchat.autoconfigure.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.failure.FailurePolicy;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.route.HedgePolicy;
import io.github.resilientchat.core.route.Resume;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoutesFromPropertiesTest {

  @Test
  void eachFallbackIsALaterTierOfItsOwn() {
    Route route =
        Startup.routes(
                "resilient.defaults.region=us-east-1",
                "resilient.routes.chat.targets=a.b, c.d",
                "resilient.routes.chat.fallbacks=e.f, g.h")
            .route("chat");

    assertThat(names(route))
        .containsExactly(
            List.of("a.b@us-east-1/default", "c.d@us-east-1/default"),
            List.of("e.f@us-east-1/default"),
            List.of("g.h@us-east-1/default"));
  }

  @Test
  void ownerSaysWhatElseMovesAndHowLongAProvidersWordCounts() {
    ConfiguredRoutes routes =
        Startup.routes(
            "resilient.defaults.region=us-east-1",
            "resilient.defaults.max-retry-after=20s",
            "resilient.defaults.fallback-on=filtered",
            "resilient.routes.chat.targets=a.b",
            "resilient.routes.batch.targets=a.b",
            "resilient.routes.batch.fallback-on=rejected, too-long",
            "resilient.routes.strict.targets=a.b",
            "resilient.routes.strict.fallback-on=");

    assertThat(routes.route("chat").policy().failures())
        .isEqualTo(new FailurePolicy(Set.of(FailureKind.FILTERED), Duration.ofSeconds(20)));
    assertThat(routes.route("batch").policy().failures().fallbackOn())
        .containsExactlyInAnyOrder(FailureKind.REJECTED, FailureKind.TOO_LONG);
    assertThat(routes.route("strict").policy().failures().fallbackOn()).isEmpty();
  }

  @Test
  void namedTargetsKeepTheirTierAndComeBeforeFallbacks() {
    Route route =
        Startup.routes(
                "resilient.targets.spill.model=a.b",
                "resilient.targets.spill.region=us-east-2",
                "resilient.targets.spill.tier=2",
                "resilient.routes.chat.targets=spill, a.b@us-east-1",
                "resilient.routes.chat.fallbacks=c.d@us-east-1")
            .route("chat");

    assertThat(names(route))
        .containsExactly(
            List.of("a.b@us-east-1/default"), List.of("spill"), List.of("c.d@us-east-1/default"));
  }

  @Test
  void disabledTargetsAreLeftOut() {
    Route route =
        Startup.routes(
                "resilient.targets.spill.model=a.b",
                "resilient.targets.spill.region=us-east-2",
                "resilient.targets.spill.enabled=false",
                "resilient.routes.chat.targets=spill, a.b@us-east-1")
            .route("chat");

    assertThat(names(route)).containsExactly(List.of("a.b@us-east-1/default"));
  }

  @Test
  void aNamedTargetIsOneTargetInEveryRoute() {
    ConfiguredRoutes routes =
        Startup.routes(
            "resilient.targets.east.model=a.b",
            "resilient.targets.east.region=us-east-1",
            "resilient.targets.east.limits=3rpm, 100ktpm",
            "resilient.targets.east.weight=3",
            "resilient.routes.chat.targets=east",
            "resilient.routes.batch.targets=east");

    assertThat(routes.route("chat").targets()).isEqualTo(routes.route("batch").targets());
    assertThat(routes.route("chat").targets().get(0))
        .satisfies(
            target -> {
              assertThat(target.name()).isEqualTo("east");
              assertThat(target.limits()).isEqualTo(Limits.parse("3rpm 100ktpm"));
              assertThat(target.weight()).isEqualTo(3);
            });
  }

  @Test
  void limitsWrittenInARouteBelongToThatRouteAlone() {
    ConfiguredRoutes routes =
        Startup.routes(
            "resilient.models.haiku.id=us.anthropic.claude-haiku-4-5-20251001-v1:0",
            "resilient.defaults.region=us-east-1",
            "resilient.routes.chat.targets=haiku(3rpm)",
            "resilient.routes.chat.fallbacks=haiku(25rpm, 250ktpm)",
            "resilient.routes.batch.targets=haiku(3rpm)");

    assertThat(names(routes.route("chat")))
        .containsExactly(
            List.of("chat:haiku@us-east-1/default"), List.of("chat:haiku@us-east-1/default#2"));
    assertThat(names(routes.route("batch")))
        .containsExactly(List.of("batch:haiku@us-east-1/default"));
    assertThat(routes.route("chat").targets())
        .extracting(Target::limits)
        .containsExactly(Limits.parse("3rpm"), Limits.parse("25rpm 250ktpm"));
    assertThat(routes.route("chat").targets())
        .extracting(Target::place)
        .hasSize(2)
        .containsOnly("us.anthropic.claude-haiku-4-5-20251001-v1:0@us-east-1/default");
  }

  @Test
  void aPlaceWithoutLimitsIsSharedByRoutes() {
    ConfiguredRoutes routes =
        Startup.routes(
            "resilient.routes.chat.targets=a.b@us-east-1",
            "resilient.routes.batch.targets=a.b@us-east-1");

    assertThat(routes.route("chat").targets()).isEqualTo(routes.route("batch").targets());
  }

  @Test
  void theOnlyAccountAndTheDefaultRegionFillWhatATargetLeavesOut() {
    Target target =
        Startup.routes(
                "resilient.accounts.main.profile=genai",
                "resilient.defaults.region=eu-west-1",
                "resilient.routes.chat.targets=a.b")
            .route("chat")
            .targets()
            .get(0);

    assertThat(target.account()).isEqualTo("main");
    assertThat(target.region()).isEqualTo("eu-west-1");
  }

  @Test
  void anAccountMayHaveNoSettingsOfItsOwn() {
    ConfiguredRoutes routes =
        Startup.routes(
            "resilient.accounts.main=",
            "resilient.accounts.other.profile=x",
            "resilient.routes.chat.targets=a.b@us-east-1/main");

    assertThat(routes.route("chat").targets()).extracting(Target::account).containsExactly("main");
  }

  @Test
  void inferenceProfilesOfOneModelShareItsFoundationModelAndNothingElse() {
    ConfiguredRoutes routes =
        Startup.routes(
            "resilient.models.sonnet.id=eu.anthropic.claude-sonnet-4-6",
            "resilient.routes.chat.targets="
                + "us.anthropic.claude-sonnet-4-6@us-east-1(3rpm), sonnet@eu-west-1");

    assertThat(routes.route("chat").targets())
        .extracting(Target::foundationModel)
        .containsExactly("anthropic.claude-sonnet-4-6", "anthropic.claude-sonnet-4-6");
    assertThat(routes.route("chat").targets())
        .extracting(Target::model)
        .containsExactly("us.anthropic.claude-sonnet-4-6", "eu.anthropic.claude-sonnet-4-6");
  }

  @Test
  void aModelGivesItsTraitsAndItsLongestAnswer() {
    ConfiguredRoutes routes =
        Startup.routes(
            "resilient.models.sonnet.id=arn:aws:bedrock:us-east-1:1:inference-profile/a.b",
            "resilient.models.sonnet.max-tokens=4096",
            "resilient.models.sonnet.context-window=200000",
            "resilient.models.sonnet.output-burndown=5",
            "resilient.models.sonnet.capabilities=tools, json-schema",
            "resilient.routes.chat.targets=sonnet@us-east-1");
    Target target = routes.route("chat").targets().get(0);

    assertThat(target.model()).isEqualTo("arn:aws:bedrock:us-east-1:1:inference-profile/a.b");
    assertThat(routes.settings(target).options().maxTokens()).isEqualTo(4096);
    assertThat(target.traits().contextWindow()).isEqualTo(200_000);
    assertThat(target.traits().outputBurndown()).isEqualTo(5);
    assertThat(target.traits().capabilities())
        .contains(Capability.TOOLS, Capability.JSON_SCHEMA)
        .doesNotContain(Capability.IMAGES, Capability.DOCUMENTS, Capability.REASONING);
  }

  @Test
  void aRouteTakesFromTheDefaultsWhatItDoesNotSay() {
    RoutePolicy policy =
        Startup.routes(
                "resilient.defaults.timeout=60s",
                "resilient.defaults.idle-timeout=20s",
                "resilient.defaults.retry.max-attempts=4",
                "resilient.defaults.resume=restart",
                "resilient.routes.chat.timeout=5m",
                "resilient.routes.chat.breaker.open-for=7s",
                "resilient.routes.chat.targets=a.b@us-east-1")
            .route("chat")
            .policy();

    assertThat(policy.timeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(policy.idleTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(policy.attemptTimeout()).isEqualTo(RoutePolicy.DEFAULTS.attemptTimeout());
    assertThat(policy.retry().maxAttempts()).isEqualTo(4);
    assertThat(policy.resume()).isEqualTo(Resume.RESTART);
    assertThat(policy.breaker().openFor()).isEqualTo(Duration.ofSeconds(7));
    assertThat(policy.breaker().failureRate())
        .isEqualTo(RoutePolicy.DEFAULTS.breaker().failureRate());
  }

  @Test
  void modelsHavePrices() {
    Target target =
        Startup.routes(
                "resilient.models.sonnet.id=a.b",
                "resilient.models.sonnet.input-price=3.30",
                "resilient.models.sonnet.output-price=16.5",
                "resilient.routes.chat.strategy=cost",
                "resilient.routes.chat.targets=sonnet@us-east-1",
                "resilient.routes.chat.fallbacks=c.d@us-east-1")
            .route("chat")
            .targets()
            .get(0);

    assertThat(target.traits().prices()).isEqualTo(new Prices(3.3, 16.5));
  }

  @Test
  void aRouteHedgesAfterATimeThatItOrTheDefaultsName() {
    ConfiguredRoutes routes =
        Startup.routes(
            "resilient.defaults.hedge.after=2s",
            "resilient.defaults.retry.budget-percent=35",
            "resilient.routes.chat.targets=a.b@us-east-1",
            "resilient.routes.chat.hedge.max-percent=3",
            "resilient.routes.batch.targets=a.b@us-east-1",
            "resilient.routes.batch.hedge.after=7s",
            "resilient.routes.batch.retry.budget-percent=0");

    assertThat(routes.route("chat").policy().hedge())
        .isEqualTo(new HedgePolicy(Duration.ofSeconds(2), 3));
    assertThat(routes.route("batch").policy().hedge())
        .isEqualTo(new HedgePolicy(Duration.ofSeconds(7), HedgePolicy.OFF.maxPercent()));
    assertThat(routes.route("chat").policy().retry().budgetPercent()).isEqualTo(35);
    assertThat(routes.route("batch").policy().retry().budgetPercent()).isZero();
  }

  @Test
  void noRouteHedgesUntilATimeIsNamed() {
    RoutePolicy policy =
        Startup.routes(
                "resilient.routes.chat.targets=a.b@us-east-1",
                "resilient.routes.chat.hedge.max-percent=1")
            .route("chat")
            .policy();

    assertThat(policy.hedge().after()).isNull();
  }

  @Test
  void listsMayBeWrittenElementByElement() {
    Route route =
        Startup.routes(
                "resilient.routes.chat.targets[0]=a.b@us-east-1(3rpm, 1ktpm)",
                "resilient.routes.chat.targets[1]=c.d@us-east-1")
            .route("chat");

    assertThat(route.targets())
        .extracting(Target::name)
        .containsExactly("chat:a.b@us-east-1/default", "c.d@us-east-1/default");
  }

  @Test
  void withoutADefaultRouteChatIsItElseTheFirstByName() {
    assertThat(
            Startup.routes(
                    "resilient.routes.chat.targets=a.b@us-east-1",
                    "resilient.routes.batch.targets=a.b@us-east-1")
                .defaultRoute())
        .isEqualTo("chat");
    assertThat(
            Startup.routes(
                    "resilient.routes.slow.targets=a.b@us-east-1",
                    "resilient.routes.batch.targets=a.b@us-east-1")
                .defaultRoute())
        .isEqualTo("batch");
  }

  private static List<List<String>> names(Route route) {
    Stream<List<String>> tiers =
        route.tiers().stream().map(tier -> tier.targets().stream().map(Target::name).toList());
    return tiers.toList();
  }
}
