package io.github.resilientchat.autoconfigure.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** One model through several quotas, targets below what a route requires, and times of a route. */
@ExtendWith(OutputCaptureExtension.class)
class FamiliesTest {

  private static final String REGION = "resilient.defaults.region=us-east-1";

  private static List<List<String>> models(Route route) {
    return route.tiers().stream()
        .map(tier -> tier.targets().stream().map(Target::model).toList())
        .toList();
  }

  private static String refusal(String... properties) {
    return Startup.refusal(
        Startup.runner()
            .withPropertyValues("resilient.backend=aws")
            .withPropertyValues(properties));
  }

  @Test
  void oneModelIsTriedThroughEachFamilyBeforeTheFallbacks() {
    Route route =
        Startup.routes(
                REGION,
                "resilient.models.nova.id=us.amazon.nova-2-lite-v1:0",
                "resilient.routes.chat.targets=nova, us.anthropic.claude-sonnet-4-6@us-west-2",
                "resilient.routes.chat.families=cross-region, global",
                "resilient.routes.chat.fallbacks=us.amazon.nova-micro-v1:0")
            .route("chat");

    assertThat(models(route))
        .containsExactly(
            List.of("us.amazon.nova-2-lite-v1:0", "us.anthropic.claude-sonnet-4-6"),
            List.of("global.amazon.nova-2-lite-v1:0", "global.anthropic.claude-sonnet-4-6"),
            List.of("us.amazon.nova-micro-v1:0"));
    assertThat(route.targets()).extracting(Target::quotaKey).doesNotHaveDuplicates();
    assertThat(route.targets().get(2).region()).isEqualTo("us-east-1");
    assertThat(route.targets().get(3).region()).isEqualTo("us-west-2");
  }

  @Test
  void whatIsSaidOfAModelHoldsThroughEachFamily() {
    Route route =
        Startup.routes(
                REGION,
                "resilient.models.m.id=us.vendor.new",
                "resilient.models.m.foundation-model=vendor.new-1",
                "resilient.models.m.lacks=tools",
                "resilient.models.m.output-burndown=5",
                "resilient.models.m.context-window=1000",
                "resilient.models.m.input-price=1",
                "resilient.models.m.output-price=2",
                "resilient.routes.chat.targets=m",
                "resilient.routes.chat.strategy=cost",
                "resilient.routes.chat.families=cross-region, global")
            .route("chat");

    assertThat(models(route))
        .containsExactly(List.of("us.vendor.new"), List.of("global.vendor.new"));
    Target own = route.targets().get(0);
    Target global = route.targets().get(1);
    assertThat(global.traits().capabilities()).doesNotContain(Capability.TOOLS);
    assertThat(global.traits()).isEqualTo(own.traits());
    assertThat(global.foundationModel()).isEqualTo("vendor.new-1");
    assertThat(global.traits().prices()).isEqualTo(new Prices(1, 2));
  }

  @Test
  void pricesOfTheBookAreThoseOfEachFamily() {
    Route route =
        Startup.routes(
                REGION,
                "resilient.models.m.id=us.anthropic.claude-sonnet-4-6",
                "resilient.models.m.lacks=documents",
                "resilient.routes.chat.targets=m",
                "resilient.routes.chat.families=cross-region, global")
            .route("chat");

    assertThat(route.targets())
        .extracting(target -> target.traits().prices())
        .containsExactly(new Prices(3.3, 16.5, 0.33, 4.125), new Prices(3, 15, 0.3, 3.75));
  }

  @Test
  void pricesOfOnesOwnHoldWhateverTheFamily() {
    Route route =
        Startup.routes(
                REGION,
                "resilient.models.m.id=us.anthropic.claude-sonnet-4-6",
                "resilient.models.m.input-price=1",
                "resilient.models.m.output-price=2",
                "resilient.routes.chat.targets=m",
                "resilient.routes.chat.families=cross-region, global")
            .route("chat");

    assertThat(route.targets())
        .extracting(target -> target.traits().prices())
        .containsOnly(new Prices(1, 2));
  }

  @Test
  void geographyIsNeverGuessedFromTheRegion() {
    assertThat(
            refusal(
                REGION,
                "resilient.routes.chat.targets=amazon.nova-pro-v1:0",
                "resilient.routes.chat.families=on-demand, cross-region"))
        .contains("does not tell its cross-region form")
        .contains("such as us.<model id>");
  }

  @Test
  void globalFamilyOfARouteThatMustStayStopsTheStart() {
    assertThat(
            refusal(
                REGION,
                "resilient.routes.chat.targets=us.anthropic.claude-sonnet-4-6",
                "resilient.routes.chat.families=cross-region, global",
                "resilient.routes.chat.residency=us"))
        .contains("global.anthropic.claude-sonnet-4-6@us-east-1");
  }

  @Test
  void applicationProfileIsWrittenOnceForAllRegionsOfAnAccount() {
    Route route =
        Startup.routes(
                "resilient.models.sonnet.id=us.anthropic.claude-sonnet-4-6",
                "resilient.models.sonnet.id-by-account.prod=arn:aws:bedrock:{region}:111111111111:application-inference-profile/chat",
                "resilient.accounts.prod.profile=a",
                "resilient.accounts.test.profile=b",
                "resilient.routes.chat.targets=sonnet@us-east-1/prod, sonnet@us-west-2/prod,"
                    + " sonnet@us-east-1/test")
            .route("chat");

    assertThat(models(route).get(0))
        .containsExactly(
            "arn:aws:bedrock:us-east-1:111111111111:application-inference-profile/chat",
            "arn:aws:bedrock:us-west-2:111111111111:application-inference-profile/chat",
            "us.anthropic.claude-sonnet-4-6");
    assertThat(route.targets())
        .extracting(Target::foundationModel)
        .containsOnly("anthropic.claude-sonnet-4-6");
  }

  @Test
  void applicationProfilesOfEachAccountAndRegionAreWrittenAsAMap() {
    Route route =
        Startup.routes(
                "resilient.models.sonnet.id=us.anthropic.claude-sonnet-4-6",
                "resilient.models.sonnet.ids.prod.useast1=" + profile("us-east-1", "1", "a1b2c3"),
                "resilient.models.sonnet.ids.prod.uswest2=" + profile("us-west-2", "1", "d4e5f6"),
                "resilient.models.sonnet.ids.test.useast1=" + profile("us-east-1", "2", "0g1h2i"),
                "resilient.accounts.prod.profile=a",
                "resilient.accounts.test.profile=b",
                "resilient.routes.chat.targets=sonnet@us-east-1/prod, sonnet@us-west-2/prod,"
                    + " sonnet@us-east-1/test")
            .route("chat");

    assertThat(models(route).get(0))
        .containsExactly(
            profile("us-east-1", "1", "a1b2c3"),
            profile("us-west-2", "1", "d4e5f6"),
            profile("us-east-1", "2", "0g1h2i"));
    assertThat(route.targets())
        .extracting(Target::foundationModel)
        .containsOnly("anthropic.claude-sonnet-4-6");
    assertThat(route.targets())
        .extracting(target -> target.traits().prices())
        .containsOnly(new Prices(3.3, 16.5, 0.33, 4.125));
  }

  private static String profile(String region, String account, String id) {
    return "arn:aws:bedrock:%s:%s:application-inference-profile/%s"
        .formatted(region, account.repeat(12), id);
  }

  @Test
  void keyOfTheMapThatMeansNoPlaceStopsTheStart() {
    String[] good = {
      REGION,
      "resilient.models.sonnet.id=us.anthropic.claude-sonnet-4-6",
      "resilient.accounts.prod.profile=a",
      "resilient.routes.chat.targets=sonnet"
    };
    assertThat(refusal(with(good, "resilient.models.sonnet.ids.pord.useast1=a.b")))
        .contains("resilient.models.sonnet.ids.pord.useast1")
        .contains("did you mean 'prod'?");
    assertThat(refusal(with(good, "resilient.models.sonnet.ids.prod.useats1=a.b")))
        .contains("'useats1' is no Region without dashes")
        .contains("did you mean 'useast1'?");
    assertThat(refusal(with(good, "resilient.models.sonnet.id-by-account.pord=a.b")))
        .contains("resilient.models.sonnet.id-by-account.pord")
        .contains("did you mean 'prod'?");
    assertThat(
            refusal(
                with(
                    good,
                    "resilient.models.sonnet.ids.prod.useast1="
                        + profile("us-west-2", "1", "a1b2c3"))))
        .contains("its ARN is of us-west-2");
  }

  private static String[] with(String[] properties, String another) {
    return Stream.concat(Stream.of(properties), Stream.of(another)).toArray(String[]::new);
  }

  @Test
  void regionThatTheMapLeavesOutIsSaid(CapturedOutput output) {
    Startup.routes(
        "resilient.models.sonnet.id=us.anthropic.claude-sonnet-4-6",
        "resilient.models.sonnet.ids.prod.useast1=" + profile("us-east-1", "1", "a1b2c3"),
        "resilient.accounts.prod.profile=a",
        "resilient.routes.chat.targets=sonnet@us-east-1, sonnet@us-west-2");

    assertThat(output)
        .contains("has no id of its own in us-west-2")
        .contains("set resilient.models.sonnet.ids.prod.uswest2")
        .doesNotContain("has no id of its own in us-east-1");
  }

  @Test
  void targetBelowWhatTheRouteRequiresIsLeftOut() {
    Route route =
        Startup.routes(
                REGION,
                "resilient.routes.chat.targets=us.anthropic.claude-sonnet-4-6",
                "resilient.routes.chat.fallbacks=openai.gpt-oss-120b-1:0, us.amazon.nova-pro-v1:0",
                "resilient.routes.chat.requires=images, tools")
            .route("chat");

    assertThat(models(route))
        .containsExactly(
            List.of("us.anthropic.claude-sonnet-4-6"), List.of("us.amazon.nova-pro-v1:0"));
    assertThat(route.policy().requires())
        .containsExactlyInAnyOrder(Capability.IMAGES, Capability.TOOLS);
  }

  @Test
  void routeOfWhichNoTargetDoesWhatItRequiresStopsTheStart() {
    assertThat(
            refusal(
                REGION,
                "resilient.routes.chat.targets=openai.gpt-oss-120b-1:0",
                "resilient.routes.chat.requires=images"))
        .contains("resilient.routes.chat.requires=images")
        .contains("no target of route 'chat' can do that");
  }

  @Test
  void whatAModelLacksCanBeSaid() {
    Target target =
        Startup.routes(
                REGION,
                "resilient.models.m.id=acme.new-1",
                "resilient.models.m.lacks=cache-points, documents",
                "resilient.routes.chat.targets=m")
            .route("chat")
            .targets()
            .get(0);

    assertThat(target.traits().capabilities())
        .doesNotContain(Capability.CACHE_POINTS, Capability.DOCUMENTS)
        .contains(Capability.TOOLS, Capability.SYSTEM_PROMPTS);
  }

  @Test
  void scenarioThatCannotBePlayedStopsTheStart() {
    assertThat(
            Startup.refusal(
                Startup.simulated()
                    .withPropertyValues(
                        REGION,
                        "resilient.routes.chat.targets=a.b",
                        "resilient.simulator.scenario=src/test/resources/reference/prices.csv")))
        .contains("resilient.simulator.scenario=src/test/resources/reference/prices.csv")
        .contains("line 3");
  }

  @Test
  void timesOfFailuresAndStreamsAreBounded() {
    Route route =
        Startup.routes(
                REGION,
                "resilient.defaults.fast-within=5s",
                "resilient.routes.chat.max-duration=3m",
                "resilient.routes.chat.targets=a.b")
            .route("chat");

    assertThat(route.policy().fastWithin()).isEqualTo(Duration.ofSeconds(5));
    assertThat(route.policy().maxDuration()).isEqualTo(Duration.ofMinutes(3));
    assertThat(
            refusal(
                REGION,
                "resilient.routes.chat.targets=a.b",
                "resilient.routes.chat.fast-within=0s"))
        .contains("resilient.routes.chat.fast-within=0s");
  }
}
