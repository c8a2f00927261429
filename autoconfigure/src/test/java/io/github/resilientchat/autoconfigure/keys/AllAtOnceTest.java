package io.github.resilientchat.autoconfigure.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Mistake;
import io.github.resilientchat.autoconfigure.PropertiesFile;
import io.github.resilientchat.autoconfigure.Startup;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** One start tells everything that is wrong, and each mistake once. */
class AllAtOnceTest {

  private static final String GOOD = "resilient.routes.chat.targets=a.b@us-east-1";

  @Test
  void mistakesOfEveryKindAreToldByOneStart() {
    String report =
        Startup.refusal(
            GOOD,
            "resilient.routes.chat.fallback=x.y",
            "resilient.routes.chat.timeout=soon",
            "resilient.routes.chat.strategy=fastest",
            "resilient.routes.chat.attempt-timeout=30",
            "resilient.routes.chat.breaker.failure-rate=101",
            "resilient.models.sonnet.input-price=cheap",
            "resilient.models.sonnet.max-tokens=100",
            "resilient.routes.batch.targets=sonet@us-east-1",
            "resilient.routes.my-route.targets=a.b@us-east-1",
            "resilient.default-route=chatt",
            "resilient.accounts.one.api-key=${NOWHERE_TO_BE_FOUND}",
            "resilient.quotas.default.limits=60rpx",
            "resilient.quotas.tenant.limits=5usd/d",
            "resilient.observability.decisions.keep=-1");

    assertThat(report)
        .contains(
            "did you mean 'resilient.routes.chat.fallbacks'?",
            "resilient.routes.chat.timeout=soon",
            "resilient.routes.chat.strategy=fastest",
            "write 30s for seconds, or 30ms",
            "resilient.routes.chat.breaker.failure-rate=101",
            "resilient.models.sonnet.input-price=cheap",
            "resilient.models.sonnet.id",
            "'sonet' is neither the name of a model",
            "write resilient.routes.myroute;",
            "did you mean 'chat'?",
            "set NOWHERE_TO_BE_FOUND",
            "60rpx",
            "has no prices, but resilient.quotas.tenant.limits=",
            "resilient.observability.decisions.keep=-1",
            "docs/properties.md");
  }

  @Test
  void valuesOfTheWrongTypeAreToldWithoutAnyOtherMistake() {
    assertThat(
            Startup.refusal(
                GOOD,
                "resilient.routes.chat.timeout=soon",
                "resilient.routes.chat.fallback-on[0]=filtered",
                "resilient.routes.chat.fallback-on[1]=throttled",
                "resilient.routes.chat.fallback-on[2]=rejected",
                "resilient.store.max-keys=many"))
        .contains(
            "resilient.routes.chat.timeout=soon",
            "resilient.routes.chat.fallback-on[1]=throttled",
            "resilient.store.max-keys=many")
        .doesNotContain("fallback-on[2]");
  }

  @Test
  void aWrongValueOfASwitchOfBeansIsToldWithTheOthers() {
    assertThat(
            Startup.refusal(
                GOOD,
                "resilient.observability.decisions.keep=all",
                "resilient.routes.chat.timeout=soon"))
        .contains("resilient.observability.decisions.keep=all", "resilient.routes.chat.timeout");
  }

  @Test
  void eachNameThatCannotBeSpelledIsOneProblemWithTheNameToWrite() {
    String report =
        Startup.refusal(
            "resilient.routes.fast-chat.targets=big-one, x-y@us-east-1",
            "resilient.routes.fast-chat.timeout=30s",
            "resilient.routes.fast-chat.retry.max-attempts=2",
            "resilient.routes.fast-chat.strategy=ordered",
            "resilient.models.x-y.id=a.b",
            "resilient.models.x-y.max-tokens=100",
            "resilient.targets.big-one.model=x-y",
            "resilient.targets.big-one.region=us-east-1",
            "resilient.targets.big-one.weight=2");

    assertThat(report.lines().filter(line -> line.contains("names must match"))).hasSize(3);
    assertThat(report.lines().filter(line -> line.startsWith("    resilient."))).hasSize(6);
    assertThat(report)
        .contains(
            "write resilient.routes.fastchat;",
            "write resilient.models.xy;",
            "write resilient.targets.bigone;");
  }

  @Test
  void whatFollowsFromAMistakeIsNotToldBesideIt() {
    assertThat(Startup.refusal("resilient.routes.chat.target=a.b@us-east-1"))
        .contains("did you mean 'resilient.routes.chat.targets'?")
        .doesNotContain("no target", "no route");
    assertThat(Startup.refusal("resilient.routes.chat=a.b@us-east-1"))
        .contains("group of properties")
        .doesNotContain("no route");
    assertThat(
            Startup.refusal(
                GOOD,
                "resilient.models.m.id=a.b",
                "resilient.models.m.input-price=cheap",
                "resilient.models.m.output-price=3"))
        .contains("resilient.models.m.input-price=cheap")
        .doesNotContain("is missing, though the other price is set");
    assertThat(
            Startup.refusal(
                GOOD, "resilient.defaults.timeout=60", "resilient.defaults.attempt-timeout=25s"))
        .contains("write 60s for seconds")
        .doesNotContain("longer than the whole call");
    assertThat(
            Startup.refusal(
                GOOD,
                "resilient.accounts.prod.role-arn=arn:aws:iam::111111111111:role/bedrock",
                "resilient.accounts.prod.external-id=${NO_EXTERNAL_ID}"))
        .contains("set NO_EXTERNAL_ID")
        .doesNotContain("an external id has");
  }

  @ParameterizedTest
  @ValueSource(strings = {"simulator", "SIMULATOR"})
  void credentialsNeedNotBeThereWhereTheSimulatorAnswers(String backend) {
    Startup.runner()
        .withPropertyValues(
            "resilient.backend=" + backend,
            "resilient.accounts.prod.role-arn=arn:aws:iam::111111111111:role/bedrock",
            "resilient.accounts.prod.external-id=${NO_EXTERNAL_ID}",
            "resilient.accounts.lab.api-key=${NO_LAB_KEY}",
            "resilient.routes.chat.targets=a.b@us-east-1/prod, a.c@us-east-1/lab")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @ParameterizedTest
  @MethodSource
  void whatWouldBeReadAsSomethingElseIsRefused(Mistake mistake) {
    assertThat(Startup.refusal(mistake.properties())).contains(mistake.report());
  }

  static Stream<Mistake> whatWouldBeReadAsSomethingElseIsRefused() {
    return Stream.of(
        Mistake.of(
            List.of(GOOD, "resilient.defaults.timeout=60"),
            "resilient.defaults.timeout=60",
            "has no unit, and would be 60 milliseconds",
            "write 60s for seconds, or 60ms"),
        Mistake.of(
            List.of(GOOD, "resilient.simulator.latency=${LATENCY:20}"), "would be 20 milliseconds"),
        Mistake.of(
            List.of(GOOD, "resilient.accounts.green.api-key=${NO_GREEN_KEY}"),
            "holds a placeholder that nothing resolves",
            "set NO_GREEN_KEY"),
        Mistake.of(
            List.of(
                GOOD, "resilient.defaults.timeout=20s", "resilient.defaults.attempt-timeout=30s"),
            "resilient.defaults.attempt-timeout=30s",
            "longer than the whole call may take, which is 20s by resilient.defaults.timeout"),
        Mistake.of(
            List.of(GOOD, "resilient.routes.chat.first-token-timeout=3m"),
            "resilient.routes.chat.first-token-timeout=3m",
            "which is 2m by the default of timeout"),
        Mistake.of(
            List.of("resilient.routes.chat.targets=us.anthropic.claude-sonnet-4-6@eu-west-1"),
            "cannot be called there"),
        Mistake.of(
            List.of(
                "resilient.accounts.main.profile=x",
                "resilient.defaults.account=mian",
                "resilient.routes.chat.targets=a.b@us-east-1/main"),
            "resilient.defaults.account=mian",
            "did you mean 'main'?"),
        Mistake.of(
            List.of(
                "resilient.routes.chat.targets=", "resilient.routes.chat.fallbacks=a.b@us-east-1"),
            "resilient.routes.chat.targets=",
            "the fallbacks would take every call"));
  }

  @Test
  void aFractionIsNoWholeNumberInYamlEither() {
    ApplicationContextRunner runner =
        Startup.runner()
            .withInitializer(
                PropertiesFile.yaml(
                    """
                    resilient:
                      backend: aws
                      routes.chat:
                        targets: a.b@us-east-1
                        breaker.failure-rate: 1.5
                    """));
    assertThat(Startup.refusal(runner))
        .contains("resilient.routes.chat.breaker.failure-rate=1.5", "write a whole number");
  }

  @Test
  void aValueThatIsOverriddenDoesNoHarm() {
    Startup.withVariables(
            Startup.runner()
                .withPropertyValues(
                    "resilient.backend=aws",
                    GOOD,
                    "resilient.accounts.green.api-key=${NO_GREEN_KEY}",
                    "resilient.defaults.attempt-timeout=30"),
            Map.of(
                "RESILIENT_ACCOUNTS_GREEN_API_KEY", "x",
                "RESILIENT_DEFAULTS_ATTEMPTTIMEOUT", "30s"))
        .run(context -> assertThat(context).hasNotFailed());
  }

  @ParameterizedTest
  @MethodSource
  void whatIsLikelyNotMeantIsSaidAndStopsNothing(Mistake mistake) {
    assertThat(
            warnings(
                Startup.runner()
                    .withPropertyValues("resilient.backend=aws")
                    .withPropertyValues(mistake.properties())))
        .singleElement()
        .asString()
        .contains(mistake.report());
  }

  static Stream<Mistake> whatIsLikelyNotMeantIsSaidAndStopsNothing() {
    return Stream.of(
        Mistake.of(
            List.of(GOOD, "resilient.models.sonnet.id=a.b"),
            "resilient.models.sonnet is used by no route"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.targets.east.model=a.b",
                "resilient.targets.east.region=us-east-1"),
            "resilient.targets.east is used by no route"),
        Mistake.of(
            List.of(
                "resilient.routes.chat.targets=a.b@us-east-1/one",
                "resilient.accounts.one.profile=x",
                "resilient.accounts.two.profile=y"),
            "resilient.accounts.two is used by no route"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.defaults.attempt-timeout=30s",
                "resilient.routes.chat.timeout=10s"),
            "resilient.defaults.attempt-timeout=30s is longer than a call over route 'chat' may take,"
                + " which is 10s"),
        Mistake.of(
            List.of(
                "resilient.routes.chat.targets=a.b@us-east-1, a.c@us-east-1",
                "resilient.routes.chat.fallbacks=a.d@us-east-1",
                "resilient.routes.chat.retry.max-attempts=2"),
            "resilient.routes.chat.retry.max-attempts=2 is used up",
            "a.d@us-east-1/default",
            "retry.max-attempts=3"),
        Mistake.of(
            List.of(
                "resilient.routes.chat.targets=a.b@us-east-1, a.c@us-east-1, a.d@us-east-1",
                "resilient.defaults.retry.max-attempts=2"),
            "resilient.defaults.retry.max-attempts=2 lets a call of route 'chat' fail at 2 of its 3"
                + " targets"),
        Mistake.of(
            List.of(
                "resilient.routes.chat.targets=a.b@us-east-1, a.c@us-east-1, a.d@us-east-1,"
                    + " a.e@us-east-1, a.f@us-east-1",
                "resilient.routes.chat.strategy=ordered"),
            "resilient.routes.chat.retry.max-attempts=3 is used up",
            "comes to a.e@us-east-1/default, a.f@us-east-1/default",
            "retry.max-attempts=5"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.defaults.options.max-tokens=4096",
                "resilient.quotas.default.limits=10rpm, 4ktpm"),
            "resilient.quotas.default.limits=4ktpm fits no call over route 'chat'",
            "may have 4096 tokens"),
        Mistake.of(
            List.of(
                "resilient.models.sonnet.id=a.b",
                "resilient.models.sonnet.input-price=3",
                "resilient.models.sonnet.output-price=15",
                "resilient.models.sonnet.options.max-tokens=4096",
                "resilient.routes.chat.targets=sonnet@us-east-1",
                "resilient.quotas.default.limits=10rpm, 0.06usd/d",
                "resilient.quotas.plans.large.users=ada",
                "resilient.quotas.plans.large.limits=0.07usd/d",
                "resilient.quotas.plans.none.users=grace",
                "resilient.quotas.plans.none.limits=0usd/d"),
            "resilient.quotas.default.limits=0.06usd/d fits no call over route 'chat'",
            "may have 4096 tokens, which cost up to 0.0615 US dollars"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.defaults.options.max-tokens=500",
                "resilient.routes.batch.targets=a.b@us-east-1",
                "resilient.routes.batch.options.max-tokens=4096",
                "resilient.quotas.plans.night.routes=batch",
                "resilient.quotas.plans.night.limits=4ktpm",
                "resilient.quotas.plans.day.routes=chat",
                "resilient.quotas.plans.day.limits=4ktpm",
                "resilient.quotas.plans.none.users=ada",
                "resilient.quotas.plans.none.limits=0tpm"),
            "resilient.quotas.plans.night.limits=4ktpm fits no call over route 'batch'"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.routes.chat.hedge.after=5s",
                "resilient.routes.chat.first-token-timeout=4s"),
            "resilient.routes.chat.hedge.after=5s hedges no call"),
        Mistake.of(
            List.of(
                "resilient.targets.east.model=a.b",
                "resilient.targets.east.region=us-east-1",
                "resilient.targets.east.enabled=false",
                "resilient.routes.chat.targets=east",
                "resilient.routes.chat.fallbacks=a.d@us-east-1"),
            "resilient.routes.chat.targets=east lists no target that is enabled"));
  }

  @Test
  void targetsThatCallsAreSpreadOverAreEachTheFirstOfSome() {
    assertThat(
            warnings(
                Startup.runner()
                    .withPropertyValues(
                        "resilient.backend=aws",
                        "resilient.routes.chat.targets=a.b@us-east-1, a.c@us-east-1, a.d@us-east-1,"
                            + " a.e@us-east-1, a.f@us-east-1")))
        .isEmpty();
  }

  @Test
  void anAccountThatLeadsToARoleIsUsed() {
    assertThat(
            warnings(
                Startup.runner()
                    .withPropertyValues(
                        "resilient.backend=aws",
                        "resilient.accounts.base.profile=x",
                        "resilient.accounts.prod.role-arn=arn:aws:iam::111111111111:role/bedrock",
                        "resilient.accounts.prod.source=base",
                        "resilient.routes.chat.targets=a.b@us-east-1/prod")))
        .isEmpty();
  }

  private static List<String> warnings(ApplicationContextRunner runner) {
    return Startup.warnings(() -> runner.run(context -> assertThat(context).hasNotFailed()));
  }
}
