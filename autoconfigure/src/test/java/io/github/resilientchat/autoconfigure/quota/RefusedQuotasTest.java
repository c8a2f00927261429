package io.github.resilientchat.autoconfigure.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Mistake;
import io.github.resilientchat.autoconfigure.Startup;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake in the quotas stops the application and is reported with its key and what to do. */
class RefusedQuotasTest {

  private static final String GOOD = "resilient.routes.chat.targets=a.b@us-east-1";

  @ParameterizedTest
  @MethodSource
  void mistakesInQuotasAreNamed(Mistake mistake) {
    assertThat(Startup.refusal(mistake.properties())).contains(mistake.report());
  }

  static Stream<Mistake> mistakesInQuotasAreNamed() {
    return Stream.of(
        Mistake.of(
            List.of(GOOD, "resilient.quotas.plans.pro.users=ann"),
            "resilient.quotas.plans.pro.limits",
            "no limits"),
        Mistake.of(
            List.of(GOOD, "resilient.quotas.plans.pro.limits=3rpm"),
            "resilient.quotas.plans.pro.users",
            "no users"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.quotas.plans.pro.limits=3rpm",
                "resilient.quotas.plans.pro.users=ann, bob",
                "resilient.quotas.plans.free.limits=1rpm",
                "resilient.quotas.plans.free.users=bob"),
            "resilient.quotas.plans.pro.users=bob",
            "the user is on plan 'free' already",
            "keep each user on one plan"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.quotas.plans.pro.limits=3rpm",
                "resilient.quotas.plans.pro.users=https://issuer/ann, acme/ "),
            "resilient.quotas.plans.pro.users=acme/",
            "has a blank half",
            "write tenant/id"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.quotas.plans.pro.limits=3rpm",
                "resilient.quotas.plans.pro.users=acme/ann, ann",
                "resilient.quotas.plans.free.limits=1rpm",
                "resilient.quotas.plans.free.users=acme/ann"),
            "resilient.quotas.plans.pro.users=acme/ann",
            "the user is on plan 'free' already"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.quotas.plans.default.limits=3rpm",
                "resilient.quotas.plans.default.users=ann"),
            "resilient.quotas.plans.default",
            "resilient.quotas.default.limits"),
        Mistake.of(
            List.of(GOOD, "resilient.quotas.default.limits=3rpm, 5rpm"),
            "resilient.quotas.default.limits=3rpm, 5rpm",
            "two limits of one unit"),
        Mistake.of(
            List.of(GOOD, "resilient.store.max-keys=0"),
            "resilient.store.max-keys=0",
            "must be at least 1"),
        Mistake.of(
            List.of(GOOD, "resilient.identity.anonymous=allow"),
            "resilient.identity.anonymous=allow",
            "write one of deny, shared"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.quotas.plans.pro.limits=3rpm",
                "resilient.quotas.plans.pro.groups=staff",
                "resilient.quotas.plans.free.limits=1rpm",
                "resilient.quotas.plans.free.groups=staff"),
            "resilient.quotas.plans.pro.groups=staff",
            "the group is on plan 'free' already"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.quotas.plans.pro.limits=3rpm",
                "resilient.quotas.plans.pro.routes=chta"),
            "resilient.quotas.plans.pro.routes=chta",
            "there is no route 'chta'",
            "did you mean 'chat'?"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.identity.groups=llm-pro, staff",
                "resilient.quotas.plans.pro.limits=3rpm",
                "resilient.quotas.plans.pro.groups=llm-por"),
            "resilient.quotas.plans.pro.groups=llm-por",
            "resilient.identity.groups knows no such group",
            "did you mean 'llm-pro'?"),
        Mistake.of(
            List.of(GOOD, "resilient.quotas.on-exceeded=route:chta"),
            "resilient.quotas.on-exceeded=route:chta",
            "there is no route 'chta'"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.quotas.plans.pro.limits=3rpm",
                "resilient.quotas.plans.pro.users=ann",
                "resilient.quotas.plans.pro.on-exceeded=queue"),
            "resilient.quotas.plans.pro.on-exceeded=queue",
            "write reject, wait, or route:<name>"),
        Mistake.of(
            List.of(GOOD, "resilient.quotas.on-exceeded=wait", "resilient.quotas.max-wait=0s"),
            "resilient.quotas.max-wait=PT0S",
            "must be positive"),
        Mistake.of(
            List.of(GOOD, "resilient.quotas.zone=Mars/Base"),
            "resilient.quotas.zone=Mars/Base",
            "is no zone",
            "Europe/Berlin"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.quotas.plans.pro.tenant-limits=3rpm",
                "resilient.quotas.plans.pro.users=ann"),
            "resilient.quotas.plans.pro.tenant-limits=3rpm",
            "need tenants"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.quotas.plans.pro.limits=3rpm",
                "resilient.quotas.plans.pro.users=ann",
                "resilient.quotas.plans.pro.weight=0"),
            "resilient.quotas.plans.pro.weight=0",
            "must be from 1 to 1000"),
        Mistake.of(
            List.of(GOOD, "resilient.routes.chat.limits=9rpw"),
            "resilient.routes.chat.limits=9rpw",
            "rpm, rph, rpd"),
        Mistake.of(
            List.of(GOOD, "resilient.quotas.tenant.limits=9rpm 10rpm"),
            "resilient.quotas.tenant.limits=9rpm 10rpm",
            "two limits of one unit"),
        Mistake.of(
            List.of(GOOD, "resilient.quotas.default.limits=5usd/d"),
            "target a.b@us-east-1/default has no prices",
            "resilient.quotas.default.limits=5usd/d is in money",
            "resilient.models.<name>"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.quotas.plans.pro.limits=3rpm",
                "resilient.quotas.plans.pro.users[0]=an\nna"),
            "resilient.quotas.plans.pro.users=an\\u000ana",
            "line break"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.quotas.plans.pro.limits=3rpm",
                "resilient.quotas.plans.pro.users[0]=" + "x".repeat(10_000)),
            "has 10000 characters, more than 2048"),
        Mistake.of(
            List.of(GOOD, "resilient.quotas.default.limits=5usd/w"),
            "resilient.quotas.default.limits=5usd/w",
            "usd/h, usd/d, usd/mo"));
  }
}
