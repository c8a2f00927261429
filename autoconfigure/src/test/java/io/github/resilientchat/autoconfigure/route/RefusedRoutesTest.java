package io.github.resilientchat.autoconfigure.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Mistake;
import io.github.resilientchat.autoconfigure.Startup;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each mistake in a route stops the application and is reported with its key, its value and what to
 * do.
 */
class RefusedRoutesTest {

  private static final String GOOD = "resilient.routes.chat.targets=a.b@us-east-1";

  @ParameterizedTest
  @MethodSource
  void mistakesInRoutesAreNamedWithKeyValueAndFix(Mistake mistake) {
    assertThat(Startup.refusal(mistake.properties())).contains(mistake.report());
  }

  static Stream<Mistake> mistakesInRoutesAreNamedWithKeyValueAndFix() {
    return Stream.of(
        Mistake.of(
            List.of(GOOD, "resilient.routes.chat.strategy=fastest"),
            "resilient.routes.chat.strategy=fastest",
            "write one of adaptive, weighted, round-robin, least-busy, latency, usage, cost, sticky,"
                + " ordered"),
        Mistake.of(
            List.of(GOOD, "resilient.routes.chat.resume=always"),
            "resilient.routes.chat.resume=always",
            "write one of none, restart"),
        Mistake.of(
            List.of(GOOD, "resilient.routes.chat.fallback-on=throttled"),
            "resilient.routes.chat.fallback-on",
            "throttled",
            "write one of rejected, filtered, too-long"),
        Mistake.of(
            List.of(GOOD, "resilient.routes.chat.max-retry-after=-5s"),
            "resilient.routes.chat.max-retry-after=-5s",
            "must be positive",
            "write a time such as"),
        Mistake.of(
            List.of(GOOD, "resilient.defaults.timeout=soon"),
            "resilient.defaults.timeout=soon",
            "write a time such as 500ms, 30s or 2m"),
        Mistake.of(
            List.of(GOOD, "resilient.defaults.timeout=0s"),
            "resilient.defaults.timeout=0s",
            "must be positive",
            "30s"),
        Mistake.of(
            List.of(GOOD, "resilient.routes.chat.breaker.failure-rate=101"),
            "resilient.routes.chat.breaker.failure-rate=101",
            "1 to 100"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.routes.chat.retry.backoff=10s",
                "resilient.routes.chat.retry.max-backoff=1s"),
            "resilient.routes.chat.retry=backoff=10s, max-backoff=1s",
            "not longer than the max-backoff"),
        Mistake.of(
            List.of(GOOD, "resilient.routes.chat.retry.max-attempts=many"),
            "resilient.routes.chat.retry.max-attempts=many",
            "write a whole number"),
        Mistake.of(
            List.of(GOOD, "resilient.default-route=chatt"),
            "resilient.default-route=chatt",
            "did you mean 'chat'?"),
        Mistake.of(
            List.of("resilient.routes.chat.timeout=3s"),
            "resilient.routes.chat.targets",
            "no target",
            "list at least one target"),
        Mistake.of(
            List.of(
                "resilient.routes.chat.targets=us.a.b@us-east-1",
                "resilient.routes.chat.fallbacks=global.a.b@us-east-1",
                "resilient.defaults.residency=us"),
            "resilient.defaults.residency=us",
            "route 'chat' has the target global.a.b@us-east-1/default",
            "any Region"),
        Mistake.of(
            List.of(
                "resilient.routes.chat.targets=us.a.b@us-east-1",
                "resilient.routes.chat.fallbacks=route:other",
                "resilient.routes.chat.residency=us",
                "resilient.routes.other.targets=eu.a.b@eu-west-1"),
            "resilient.routes.chat.residency=us",
            "eu.a.b@eu-west-1/default",
            "eu-central-1"),
        Mistake.of(
            List.of(
                "resilient.models.own.id=arn:aws:bedrock:us-east-1:111111111111:application-inference-profile/x",
                "resilient.routes.chat.targets=own@us-east-1",
                "resilient.routes.chat.residency=us"),
            "own@us-east-1/default",
            "does not tell where it may be served"),
        Mistake.of(
            List.of(GOOD, "resilient.routes.chat.residency=europe"),
            "resilient.routes.chat.residency=europe",
            "neither a Region nor one of"),
        Mistake.of(List.of(), "resilient.routes", "no route", "resilient.routes.chat.targets="));
  }

  @ParameterizedTest
  @MethodSource
  void mistakesInPoliciesAreNamedWithKeyValueAndFix(Mistake mistake) {
    assertThat(Startup.refusal(mistake.properties())).contains(mistake.report());
  }

  static Stream<Mistake> mistakesInPoliciesAreNamedWithKeyValueAndFix() {
    return Stream.of(
        Mistake.of(
            List.of(GOOD, "resilient.routes.chat.retry.budget-percent=101"),
            "resilient.routes.chat.retry.budget-percent=101",
            "budget-percent of 0 to 100"),
        Mistake.of(
            List.of(GOOD, "resilient.defaults.hedge.max-percent=6"),
            "resilient.defaults.hedge.max-percent=6",
            "max-percent of 0 to 5"),
        Mistake.of(
            List.of(GOOD, "resilient.routes.chat.hedge.after=0s"),
            "resilient.routes.chat.hedge.after=0s",
            "must be positive",
            "write a time such as 2s"));
  }

  @ParameterizedTest
  @MethodSource
  void mistakesInPricesAreNamedWithKeyValueAndFix(Mistake mistake) {
    assertThat(Startup.refusal(mistake.properties())).contains(mistake.report());
  }

  static Stream<Mistake> mistakesInPricesAreNamedWithKeyValueAndFix() {
    return Stream.of(
        Mistake.of(
            List.of("resilient.models.m.id=a.b", "resilient.models.m.input-price=3", GOOD),
            "resilient.models.m.output-price",
            "is missing, though another price is set",
            "set both"),
        Mistake.of(
            List.of("resilient.models.m.id=a.b", "resilient.models.m.output-price=3", GOOD),
            "resilient.models.m.input-price",
            "is missing"),
        Mistake.of(
            List.of(
                "resilient.models.m.id=a.b",
                "resilient.models.m.input-price=-3",
                "resilient.models.m.output-price=3",
                GOOD),
            "resilient.models.m.input-price=-3.0",
            "must not be negative",
            "US dollars per million tokens"),
        Mistake.of(
            List.of("resilient.models.m.id=a.b", "resilient.models.m.input-price=cheap", GOOD),
            "resilient.models.m.input-price=cheap",
            "write a number such as 3.30"),
        Mistake.of(
            List.of(GOOD, "resilient.routes.chat.strategy=cost"),
            "resilient.routes.chat.strategy=cost",
            "targets without a price: a.b@us-east-1",
            "an input-price and an output-price"),
        Mistake.of(
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
}
