package io.github.resilientchat.autoconfigure.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A route that falls back to another one. */
class RouteFallbackTest {

  private static final String REGION = "resilient.defaults.region=us-east-1";

  @Test
  void theOtherRoutesTiersFollowInTheirPlace() {
    ConfiguredRoutes routes =
        Startup.routes(
            REGION,
            "resilient.routes.chat.targets=a.b",
            "resilient.routes.chat.fallbacks=c.d, route:spare, e.f",
            "resilient.routes.spare.targets=g.h(3rpm), i.j",
            "resilient.routes.spare.fallbacks=k.l");

    assertThat(names(routes, "chat"))
        .containsExactly(
            List.of("a.b@us-east-1/default"),
            List.of("c.d@us-east-1/default"),
            List.of("spare:g.h@us-east-1/default", "i.j@us-east-1/default"),
            List.of("k.l@us-east-1/default"),
            List.of("e.f@us-east-1/default"));
  }

  @Test
  void theOrderOfRoutesInTheFileAndOfTheirNamesDoesNotMatter() {
    ConfiguredRoutes routes =
        Startup.routes(
            REGION,
            "resilient.routes.a.targets=a.b",
            "resilient.routes.a.fallbacks=route:c",
            "resilient.routes.c.targets=c.d",
            "resilient.routes.c.fallbacks=route:b",
            "resilient.routes.b.targets=e.f");

    assertThat(names(routes, "a"))
        .containsExactly(
            List.of("a.b@us-east-1/default"),
            List.of("c.d@us-east-1/default"),
            List.of("e.f@us-east-1/default"));
    assertThat(routes.all()).extracting("name").containsExactly("a", "b", "c");
  }

  @Test
  void maxTokensOfTheOtherRoutesTargetsHold() {
    ConfiguredRoutes routes =
        Startup.routes(
            REGION,
            "resilient.models.m.id=c.d",
            "resilient.models.m.max-tokens=77",
            "resilient.routes.chat.targets=a.b",
            "resilient.routes.chat.fallbacks=route:spare",
            "resilient.routes.spare.targets=m(3rpm)");
    Target spare = routes.route("chat").targets().get(1);

    assertThat(routes.settings(spare).options().maxTokens()).isEqualTo(77);
  }

  @Test
  void targetsOfItsOwnAreNotUsedTwiceAndTheOtherRouteKeepsItsStrategy() {
    ConfiguredRoutes routes =
        Startup.routes(
            REGION,
            "resilient.routes.chat.targets=a.b, c.d",
            "resilient.routes.chat.fallbacks=route:spare, route:last",
            "resilient.routes.chat.strategy=ordered",
            "resilient.routes.spare.targets=a.b, e.f, g.h",
            "resilient.routes.spare.strategy=round-robin",
            "resilient.routes.last.targets=e.f, i.j");

    assertThat(names(routes, "chat"))
        .containsExactly(
            List.of("a.b@us-east-1/default", "c.d@us-east-1/default"),
            List.of("e.f@us-east-1/default", "g.h@us-east-1/default"),
            List.of("i.j@us-east-1/default"));
    assertThat(routes.route("chat").tiers().get(1).strategy())
        .isSameAs(routes.route("spare").tiers().get(0).strategy());
  }

  @Test
  void aTargetThatTheOtherRouteHasAlreadyCannotFollowIt() {
    assertThat(
            Startup.refusal(
                REGION,
                "resilient.routes.chat.targets=a.b",
                "resilient.routes.chat.fallbacks=route:spare, e.f",
                "resilient.routes.spare.targets=e.f"))
        .contains(
            "resilient.routes.chat.fallbacks",
            "names target e.f@us-east-1/default twice",
            "leave out what a route in the list has already");
  }

  @Test
  void aRouteMayBeAnotherNameOfAnotherRoute() {
    ConfiguredRoutes routes =
        Startup.routes(
            REGION,
            "resilient.routes.chat.fallbacks=route:spare",
            "resilient.routes.chat.timeout=3s",
            "resilient.routes.spare.targets=e.f");

    assertThat(routes.route("chat").targets()).isEqualTo(routes.route("spare").targets());
  }

  @Test
  void anUnknownRouteIsNamedWithTheNearest() {
    assertThat(
            Startup.refusal(
                REGION,
                "resilient.routes.chat.targets=a.b",
                "resilient.routes.chat.fallbacks=route:btach",
                "resilient.routes.batch.targets=a.b"))
        .contains(
            "resilient.routes.chat.fallbacks=route:btach",
            "there is no route 'btach'",
            "did you mean 'batch'?");
  }

  @Test
  void aRouteTakesNoRegionWeightOrLimits() {
    assertThat(
            Startup.refusal(
                REGION,
                "resilient.routes.chat.targets=a.b",
                "resilient.routes.chat.fallbacks=route:batch*2",
                "resilient.routes.batch.targets=a.b"))
        .contains("there is no route 'batch*2'", "did you mean 'batch'?", "and nothing more");
  }

  @Test
  void aRouteCannotFallBackToItself() {
    assertThat(
            Startup.refusal(
                REGION,
                "resilient.routes.chat.targets=a.b",
                "resilient.routes.chat.fallbacks=route:chat"))
        .contains("resilient.routes.chat.fallbacks=route:chat", "in a circle: chat -> chat");
  }

  @Test
  void aCircleIsNamedWhole() {
    assertThat(
            Startup.refusal(
                REGION,
                "resilient.routes.start.targets=a.b",
                "resilient.routes.start.fallbacks=route:z",
                "resilient.routes.z.targets=a.b",
                "resilient.routes.z.fallbacks=c.d, route:y",
                "resilient.routes.y.targets=a.b",
                "resilient.routes.y.fallbacks=route:x",
                "resilient.routes.x.targets=a.b",
                "resilient.routes.x.fallbacks=route:z"))
        .contains("in a circle: z -> y -> x -> z", "remove one of these fallbacks")
        .containsOnlyOnce("in a circle");
  }

  private static List<List<String>> names(ConfiguredRoutes routes, String route) {
    return routes.route(route).tiers().stream()
        .map(tier -> tier.targets().stream().map(Target::name).toList())
        .toList();
  }
}
