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
            List.of(GOOD, "resilient.quotas.default.limits=5usd/w"),
            "resilient.quotas.default.limits=5usd/w",
            "usd/h, usd/d, usd/mo"));
  }
}
