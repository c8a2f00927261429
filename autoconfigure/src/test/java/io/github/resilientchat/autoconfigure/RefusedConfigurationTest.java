package io.github.resilientchat.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake stops the application and is reported with its key, its value and what to do. */
class RefusedConfigurationTest {

  private static final String GOOD = "resilient.routes.chat.targets=a.b@us-east-1";

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void mistakesAreNamedWithKeyValueAndFix(List<String> properties, List<String> expected) {
    assertThat(Startup.refusal(properties.toArray(String[]::new))).contains(expected);
  }

  static Stream<Arguments> mistakesAreNamedWithKeyValueAndFix() {
    return Stream.of(
        mistake(
            List.of(GOOD, "resilient.routes.chat.fallback=x.y"),
            "resilient.routes.chat.fallback=x.y",
            "not a known property",
            "did you mean 'resilient.routes.chat.fallbacks'?"),
        mistake(
            List.of(GOOD, "resilient.route.chat.timeout=3s"),
            "resilient.route.chat.timeout=3s",
            "did you mean 'resilient.routes.chat.timeout'?"),
        mistake(
            List.of(GOOD, "resilient.defaults.atempt-timeout=3s"),
            "resilient.defaults.atempt-timeout=3s",
            "did you mean 'resilient.defaults.attempt-timeout'?"),
        mistake(
            List.of(GOOD, "resilient.accounts.main.role-arn=arn:aws:iam::1:role/x"),
            "resilient.accounts.main.role-arn=arn:aws:iam::1:role/x",
            "not supported by this version",
            "remove the property"),
        mistake(
            List.of(GOOD, "resilient.routes.chat.residency=us"),
            "resilient.routes.chat.residency=us",
            "not supported by this version"),
        mistake(
            List.of(GOOD, "resilient.observability.tenant-tag=true"),
            "resilient.observability.tenant-tag=true",
            "not supported by this version"),
        mistake(
            List.of(GOOD, "resilient.models.m.id=a.b", "resilient.models.m.cache-read-price=1"),
            "resilient.models.m.cache-read-price=1",
            "not supported by this version"),
        mistake(
            List.of(GOOD, "resilient.store.type=redis"),
            "resilient.store.type=redis",
            "not supported by this version"),
        mistake(
            List.of(GOOD, "resilient.console.enabled=true"),
            "resilient.console.enabled=true",
            "not supported by this version"),
        mistake(
            List.of(GOOD, "resilient.routes.chat.strategy=fastest"),
            "resilient.routes.chat.strategy=fastest",
            "write one of adaptive, weighted, round-robin, least-busy, latency, usage, cost, sticky,"
                + " ordered"),
        mistake(
            List.of(GOOD, "resilient.routes.chat.resume=always"),
            "resilient.routes.chat.resume=always",
            "write one of none, restart"),
        mistake(
            List.of("resilient.routes.chat=a.b@us-east-1"),
            "resilient.routes.chat=a.b@us-east-1",
            "group of properties",
            "one of targets, fallbacks"),
        mistake(
            List.of(GOOD, "resilient.routes.fast-chat.targets=a.b@us-east-1"),
            "resilient.routes.fast-chat.targets=a.b@us-east-1",
            "[a-z0-9]+",
            "environment variable"),
        mistake(
            List.of(GOOD, "resilient.routes.fastChat.targets=a.b@us-east-1"),
            "fastChat",
            "[a-z0-9]+"),
        mistake(
            List.of(GOOD, "resilient.models.us.anthropic.claude.id=x"),
            "resilient.models.us.anthropic.claude.id=x",
            "not a known property"),
        mistake(
            List.of(GOOD, "resilient.models[us.anthropic].id=x.y"),
            "resilient.models[us.anthropic].id=x.y",
            "[a-z0-9]+"),
        mistake(
            List.of(GOOD, "resilient.defaults.timeout=soon"),
            "resilient.defaults.timeout=soon",
            "write a time such as 500ms, 30s or 2m"),
        mistake(
            List.of(GOOD, "resilient.defaults.timeout=0s"),
            "resilient.defaults.timeout=PT0S",
            "must be positive",
            "30s"),
        mistake(
            List.of(GOOD, "resilient.routes.chat.breaker.failure-rate=101"),
            "resilient.routes.chat.breaker.failure-rate=101",
            "1 to 100"),
        mistake(
            List.of(
                GOOD,
                "resilient.routes.chat.retry.backoff=10s",
                "resilient.routes.chat.retry.max-backoff=1s"),
            "resilient.routes.chat.retry=backoff=PT10S, max-backoff=PT1S",
            "not longer than the max-backoff"),
        mistake(
            List.of(GOOD, "resilient.routes.chat.retry.max-attempts=many"),
            "resilient.routes.chat.retry.max-attempts=many",
            "write a whole number"),
        mistake(
            List.of(GOOD, "resilient.default-route=chatt"),
            "resilient.default-route=chatt",
            "did you mean 'chat'?"),
        mistake(
            List.of("resilient.routes.chat.timeout=3s"),
            "resilient.routes.chat.targets",
            "no target",
            "list at least one target"),
        mistake(List.of(), "resilient.routes", "no route", "resilient.routes.chat.targets="));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void mistakesInTargetsAreNamedWithKeyValueAndFix(List<String> properties, List<String> expected) {
    assertThat(Startup.refusal(properties.toArray(String[]::new))).contains(expected);
  }

  static Stream<Arguments> mistakesInTargetsAreNamedWithKeyValueAndFix() {
    return Stream.of(
        mistake(
            List.of(
                "resilient.models.sonnet.id=a.b", "resilient.routes.chat.targets=sonet@eu-west-1"),
            "resilient.routes.chat.targets=sonet@eu-west-1",
            "neither the name of a model nor a model id",
            "did you mean 'sonnet'?"),
        mistake(
            List.of(
                "resilient.targets.east.model=a.b",
                "resilient.targets.east.region=us-east-1",
                "resilient.routes.chat.targets=eats"),
            "resilient.routes.chat.targets=eats",
            "model or target",
            "did you mean 'east'?"),
        mistake(
            List.of(
                "resilient.accounts.main.profile=x",
                "resilient.routes.chat.targets=a.b@us-east-1/mian"),
            "resilient.routes.chat.targets=a.b@us-east-1/mian",
            "no account 'mian'",
            "did you mean 'main'?"),
        mistake(
            List.of(
                "resilient.accounts.main.profile=x", "resilient.accounts.other.profile=y", GOOD),
            "a.b@us-east-1",
            "names none of the accounts main, other",
            "resilient.defaults.account"),
        mistake(
            List.of("resilient.defaults.account=gone", GOOD),
            "resilient.defaults.account=gone",
            "there is no account 'gone'"),
        mistake(
            List.of("resilient.routes.chat.targets=a.b"),
            "resilient.routes.chat.targets=a.b",
            "has no Region",
            "resilient.defaults.region"),
        mistake(
            List.of("resilient.routes.chat.targets=a.b@useast1"),
            "resilient.routes.chat.targets=a.b@useast1",
            "'useast1' is no AWS Region",
            "us-east-1"),
        mistake(
            List.of("resilient.routes.chat.targets=route:batch"),
            "resilient.routes.chat.targets=route:batch",
            "a route can be a fallback only",
            "list it under fallbacks"),
        mistake(
            List.of(
                "resilient.routes.chat.targets=arn:aws:bedrock:us-east-1:1:inference-profile/a"),
            "arn:aws:bedrock:us-east-1:1:inference-profile/a",
            "resilient.models.<name>.id"),
        mistake(
            List.of("resilient.routes.chat.targets=a.b@us-east-1*0"),
            "resilient.routes.chat.targets=a.b@us-east-1*0",
            "a weight must be at least 1"),
        mistake(
            List.of("resilient.routes.chat.targets=a.b@us-east-1(3rps)"),
            "resilient.routes.chat.targets=3rps",
            "'3rps' is no limit",
            "60rpm, 100ktpm, 4par"),
        mistake(
            List.of(GOOD, "resilient.quotas.default.limits=5usd/d"),
            "resilient.quotas.default.limits=5usd/d",
            "US dollars are not supported yet"),
        mistake(
            List.of("resilient.routes.chat.targets=a.b@us-east-1, a.b@us-east-1"),
            "resilient.routes.chat.targets=a.b@us-east-1",
            "the route has this target already",
            "a.b@us-east-1/default*2"),
        mistake(
            List.of(
                "resilient.targets.east.model=a.b",
                "resilient.targets.east.region=us-east-1",
                "resilient.targets.east.limits=3rpm",
                "resilient.routes.chat.targets=east(5rpm)"),
            "resilient.routes.chat.targets=east(5rpm)",
            "has its own limits"),
        mistake(
            List.of(
                "resilient.targets.east.model=a.b",
                "resilient.targets.east.region=us-east-1",
                "resilient.routes.chat.targets=east@us-west-2"),
            "resilient.routes.chat.targets=east@us-west-2",
            "has its own Region"),
        mistake(
            List.of(
                "resilient.targets.east.region=us-east-1", "resilient.routes.chat.targets=east"),
            "resilient.targets.east.model",
            "is missing"),
        mistake(
            List.of("resilient.models.sonnet.max-tokens=5", GOOD),
            "resilient.models.sonnet.id",
            "is missing"),
        mistake(
            List.of("resilient.models.sonnet.id=a.b", "resilient.models.sonnet.max-tokens=0", GOOD),
            "resilient.models.sonnet.max-tokens=0",
            "must be at least 1"),
        mistake(
            List.of("resilient.models.m.id=a.b", "resilient.models.m.capabilities=dancing", GOOD),
            "resilient.models.m.capabilities",
            "tools, images, documents, json-schema"),
        mistake(
            List.of(
                "resilient.targets.east.model=a.b",
                "resilient.targets.east.region=us-east-1",
                "resilient.targets.east.enabled=false",
                "resilient.routes.chat.targets=east"),
            "resilient.routes.chat.targets",
            "no target that is enabled"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void mistakesInPolicyAndPricesAreNamedWithKeyValueAndFix(
      List<String> properties, List<String> expected) {
    assertThat(Startup.refusal(properties.toArray(String[]::new))).contains(expected);
  }

  static Stream<Arguments> mistakesInPolicyAndPricesAreNamedWithKeyValueAndFix() {
    return Stream.of(
        mistake(
            List.of(GOOD, "resilient.routes.chat.retry.budget-percent=101"),
            "resilient.routes.chat.retry.budget-percent=101",
            "budget-percent of 0 to 100"),
        mistake(
            List.of(GOOD, "resilient.defaults.hedge.max-percent=6"),
            "resilient.defaults.hedge.max-percent=6",
            "max-percent of 0 to 5"),
        mistake(
            List.of(GOOD, "resilient.routes.chat.hedge.after=0s"),
            "resilient.routes.chat.hedge.after=PT0S",
            "must be positive",
            "write a time such as 2s"),
        mistake(
            List.of(GOOD, "resilient.observability.decisions.keep=-1"),
            "resilient.observability.decisions.keep=-1",
            "must not be negative",
            "0 to keep none"),
        mistake(
            List.of(GOOD, "resilient.observability.decisions.keep=many"),
            "resilient.observability.decisions.keep=many",
            "write a whole number"),
        mistake(
            List.of("resilient.models.m.id=a.b", "resilient.models.m.input-price=3", GOOD),
            "resilient.models.m.output-price",
            "is missing, though the other price is set",
            "set both"),
        mistake(
            List.of("resilient.models.m.id=a.b", "resilient.models.m.output-price=3", GOOD),
            "resilient.models.m.input-price",
            "is missing"),
        mistake(
            List.of(
                "resilient.models.m.id=a.b",
                "resilient.models.m.input-price=-3",
                "resilient.models.m.output-price=3",
                GOOD),
            "resilient.models.m.input-price=-3.0",
            "must not be negative",
            "US dollars per million tokens"),
        mistake(
            List.of("resilient.models.m.id=a.b", "resilient.models.m.input-price=cheap", GOOD),
            "resilient.models.m.input-price=cheap",
            "write a number such as 3.30"),
        mistake(
            List.of(GOOD, "resilient.routes.chat.strategy=cost"),
            "resilient.routes.chat.strategy=cost",
            "targets without a price: a.b@us-east-1",
            "an input-price and an output-price"),
        mistake(
            List.of(
                "resilient.models.m.id=c.d",
                "resilient.models.m.input-price=1",
                "resilient.models.m.output-price=1",
                "resilient.defaults.strategy=cost",
                "resilient.routes.chat.targets=m@us-east-1, a.b@us-east-1"),
            "resilient.defaults.strategy=cost",
            "route 'chat' has targets without a price: a.b@us-east-1",
            "choose another strategy"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void mistakesInAccountsAndQuotasAreNamed(List<String> properties, List<String> expected) {
    String[] all = Stream.concat(Stream.of(GOOD), properties.stream()).toArray(String[]::new);
    assertThat(Startup.refusal(all)).contains(expected);
  }

  static Stream<Arguments> mistakesInAccountsAndQuotasAreNamed() {
    return Stream.of(
        mistake(
            List.of(
                "resilient.accounts.main.profile=x",
                "resilient.accounts.main.access-key=AKIAX",
                "resilient.accounts.main.secret-key=hush"),
            "resilient.accounts.main",
            "two forms of credentials",
            "keep either resilient.accounts.main.profile or"),
        mistake(
            List.of("resilient.accounts.main.access-key=AKIAX"),
            "resilient.accounts.main.secret-key",
            "is missing"),
        mistake(
            List.of("resilient.accounts.main.secret-key=hush"),
            "resilient.accounts.main.access-key",
            "is missing"),
        mistake(
            List.of("resilient.accounts.main.session-token=hush"),
            "resilient.accounts.main.access-key",
            "is missing"),
        mistake(
            List.of("resilient.accounts.main.endpoint=https://evil.example"),
            "resilient.accounts.main.endpoint=https://evil.example",
            "amazonaws.com"),
        mistake(
            List.of(
                "resilient.accounts.main.endpoint=http://bedrock-runtime.us-east-1.amazonaws.com"),
            "resilient.accounts.main.endpoint=http://bedrock-runtime",
            "use https"),
        mistake(
            List.of("resilient.accounts.main.endpoint=https://amazonaws.com.evil.example"),
            "resilient.accounts.main.endpoint=https://amazonaws.com.evil.example"),
        mistake(
            List.of("resilient.accounts.main.endpoint=not a uri"),
            "resilient.accounts.main.endpoint=not a uri",
            "write a URI"),
        mistake(
            List.of("resilient.quotas.plans.pro.users=ann"),
            "resilient.quotas.plans.pro.limits",
            "no limits"),
        mistake(
            List.of("resilient.quotas.plans.pro.limits=3rpm"),
            "resilient.quotas.plans.pro.users",
            "no users"),
        mistake(
            List.of(
                "resilient.quotas.plans.pro.limits=3rpm",
                "resilient.quotas.plans.pro.users=ann, bob",
                "resilient.quotas.plans.free.limits=1rpm",
                "resilient.quotas.plans.free.users=bob"),
            "resilient.quotas.plans.pro.users=bob",
            "the user is on plan 'free' already",
            "keep each user on one plan"),
        mistake(
            List.of(
                "resilient.quotas.plans.default.limits=3rpm",
                "resilient.quotas.plans.default.users=ann"),
            "resilient.quotas.plans.default",
            "resilient.quotas.default.limits"),
        mistake(
            List.of("resilient.quotas.default.limits=3rpm, 5rpm"),
            "resilient.quotas.default.limits=3rpm, 5rpm",
            "two limits of one unit"),
        mistake(
            List.of("resilient.store.max-keys=0"),
            "resilient.store.max-keys=0",
            "must be at least 1"),
        mistake(
            List.of("resilient.identity.anonymous=allow"),
            "resilient.identity.anonymous=allow",
            "write one of deny, shared"));
  }

  @Test
  void allMistakesAreReportedAtOnce() {
    assertThat(
            Startup.refusal(
                "resilient.routes.chat.targets=sonnet, a.b@nowhere, c.d",
                "resilient.routes.batch.timeout=-1s",
                "resilient.quotas.default.limits=lots",
                "resilient.accounts.main.access-key=AKIAX"))
        .contains(
            "resilient.routes.chat.targets=sonnet",
            "a.b@nowhere",
            "c.d",
            "resilient.routes.batch.timeout",
            "resilient.routes.batch.targets",
            "resilient.quotas.default.limits=lots",
            "resilient.accounts.main.secret-key");
  }

  private static Arguments mistake(List<String> properties, String... expected) {
    return arguments(properties, List.of(expected));
  }
}
