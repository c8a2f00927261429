package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.DecisionLog;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import org.junit.jupiter.api.Test;

/** What is told of a call: why it went where it did, and what it cost. */
class ReportedCallsTest extends RoutedCalls {

  @Test
  void fallbackIsUsedWhenThePrimaryIsOverItsLimitAndTheReportSaysWhy() {
    Target primary = Target.builder("primary").limits(Limits.parse("3rpm")).build();
    Router router = router(primary, haiku);
    for (int call = 0; call < 3; call++) {
      assertThat(attempt(router.begin(CALL)).target()).isEqualTo(primary);
    }

    Attempt fourth = attempt(router.begin(CALL));
    fourth.completed(Usage.of(10, 20));

    assertThat(fourth.target()).isEqualTo(haiku);
    CallReport report = fourth.callReport();
    assertThat(report.fallback()).isTrue();
    assertThat(report.servedBy()).contains(haiku);
    assertThat(report.moves()).containsExactly("primary: over 3rpm for 20 s");
    assertThat(report.metadata())
        .containsEntry("resilient.target", "haiku")
        .containsEntry("resilient.region", "us-east-1")
        .containsEntry("resilient.account", "main")
        .containsEntry("resilient.attempts", 1)
        .containsEntry("resilient.fallback", true);
  }

  @Test
  void reportSaysWhatTheCallCostWithTheAttemptThatBroke() {
    Target.Traits priced = new Target.Traits(0, null, 1, new Prices(2, 10, 0.2, 2.5));
    Target first = Target.builder("first").traits(priced).build();
    Target second = Target.builder("second").traits(priced).build();
    Router router = router(first, second);
    Attempt broken = attempt(router.begin(CALL));
    broken.used(Usage.of(1_000, 100));

    Attempt answer = attempt(broken.failed(Errors.of(FailureKind.MODEL_FAILED)));
    answer.completed(new Usage(1_000, 200, 5_000, 400));

    // 1000 x 2 + 100 x 10, and 1000 x 2 + 200 x 10 + 5000 x 0.2 + 400 x 2.5, per million.
    assertThat(answer.callReport().usd().getAsDouble()).isCloseTo(0.009, within(1e-9));
    assertThat(answer.callReport().bill().charges()).hasSize(2);
    assertThat(answer.callReport().metadata()).containsKey("resilient.cost-usd");
  }

  @Test
  void hourInTheCacheHasAPriceOfItsOwn() {
    Target.Traits priced = new Target.Traits(0, null, 1, new Prices(2, 10, 0.2, 2.5, 4));
    Attempt answer = attempt(router(Target.builder("first").traits(priced).build()).begin(CALL));
    answer.completed(new Usage(0, 0, 0, 1_000, 400));

    // 600 x 2.5 and 400 x 4, per million.
    assertThat(answer.callReport().usd().getAsDouble()).isCloseTo(0.0031, within(1e-9));
  }

  @Test
  void costOfATargetWithoutPricesIsNotMadeUp() {
    Attempt answer = attempt(router(haiku).begin(CALL));
    answer.completed(Usage.of(10, 20));

    assertThat(answer.callReport().usd()).isEmpty();
    assertThat(answer.callReport().metadata()).doesNotContainKey("resilient.cost-usd");
  }

  @Test
  void decisionLogExplainsTheLastCalls() {
    DecisionLog log = new DecisionLog(2);
    Engine logged = Engine.builder().ticker(clock).listener(log).build();
    Router router = logged.router(Route.named("chat").tier(east).build());
    for (int call = 1; call <= 3; call++) {
      attempt(router.begin(ModelCall.blocking(Caller.user("u" + call), new TokenEstimate(1, 1))))
          .completed(Usage.of(call, 0));
    }

    assertThat(log.recent())
        .extracting(report -> report.caller().user())
        .containsExactly("u3", "u2");
  }

  @Test
  void stepsShowNoMessageOfAProvider() {
    Step next = attempt(router(east).begin(CALL)).failed(Errors.of(FailureKind.REJECTED));

    assertThat(next.toString()).doesNotContain("secret prompt");
  }
}
