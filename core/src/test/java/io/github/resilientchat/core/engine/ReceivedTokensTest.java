package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.RetryPolicy;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a stream that never said its usage is charged, when the client saw more of it than the
 * framework passed on, or less. Each call reserves 100 + 400 of a caller's 1,000 tokens.
 */
class ReceivedTokensTest {

  private final VirtualClock clock = new VirtualClock();
  private final List<CallReport> reports = new ArrayList<>();
  private final Target only = Target.builder("only").limits(Limits.parse("1000tpm")).build();
  private final Target other = Target.named("other");
  private final Engine engine =
      Engine.builder()
          .ticker(clock)
          .classifier(Errors.CLASSIFIER)
          .quotas(
              PlanQuotas.builder()
                  .limits(Limits.parse("1000tpd"))
                  .ticker(clock)
                  .clock(clock)
                  .build())
          .listener(
              new RouteListener() {
                @Override
                public void onCall(CallReport report) {
                  reports.add(report);
                }
              })
          .build();

  @Test
  void textThatClientAndFrameworkBothTellOfCountsOnce() {
    Attempt attempt = begin(only);
    attempt.heard(350);
    attempt.accept();
    attempt.received(350);

    attempt.failed(Errors.of(FailureKind.UNAVAILABLE));

    assertThat(charged()).isEqualTo(Usage.of(100, 100));
  }

  @Test
  void argumentsThatTheFrameworkKeptBackCountBesideItsText() {
    Attempt attempt = begin(only);
    attempt.heard(350);
    attempt.accept();
    attempt.received(350);
    attempt.heard(700);

    attempt.failed(Errors.of(FailureKind.UNAVAILABLE));

    assertThat(charged()).isEqualTo(Usage.of(100, 300));
  }

  @Test
  void clientThatOnlySaysItIsAliveLeavesTheCountToTheFramework() {
    Attempt attempt = begin(only);
    attempt.heard(0);
    attempt.accept();
    attempt.received(350);
    attempt.heard(0);

    attempt.cancelled();

    assertThat(charged()).isEqualTo(Usage.of(100, 100));
  }

  @Test
  void brokenCallThatNobodyHeardAnythingOfIsChargedWhatItsClientSaw() {
    Attempt attempt = begin(only);
    attempt.heard(350);

    attempt.failed(Errors.of(FailureKind.MODEL_FAILED));

    assertThat(charged()).isEqualTo(Usage.of(100, 100));
    assertThat(begin(800 - 400)).isInstanceOf(Attempt.class);
  }

  @Test
  void brokenCallOfWhichNothingCameCostsNothing() {
    Attempt attempt = begin(only);
    attempt.heard(0);

    attempt.failed(Errors.of(FailureKind.MODEL_FAILED));

    assertThat(charged()).isNull();
    assertThat(begin(900)).isInstanceOf(Attempt.class);
  }

  @Test
  void callThatAnotherTargetAnswersIsChargedForThatAnswer() {
    Attempt attempt = begin(only, other);
    attempt.heard(350);

    Attempt next = (Attempt) attempt.failed(Errors.of(FailureKind.MODEL_FAILED));
    next.completed(Usage.of(10, 20));

    assertThat(charged()).isEqualTo(Usage.of(10, 20));
  }

  private Usage charged() {
    return reports.get(0).usage();
  }

  private Attempt begin(Target... targets) {
    RetryPolicy once = new RetryPolicy(targets.length, Duration.ofMillis(1), Duration.ofMillis(1));
    Route.Builder route = Route.named("chat").policy(RoutePolicy.DEFAULTS.withRetry(once));
    for (Target target : targets) {
      route.tier(target);
    }
    return (Attempt)
        engine
            .router(route.build())
            .begin(ModelCall.streaming(Caller.user("u"), new TokenEstimate(100, 400)));
  }

  /** A second call whose answer may take so many tokens. */
  private Step begin(long output) {
    return engine
        .router(Route.named("next").tier(other).build())
        .begin(ModelCall.streaming(Caller.user("u"), new TokenEstimate(100, output)));
  }
}
