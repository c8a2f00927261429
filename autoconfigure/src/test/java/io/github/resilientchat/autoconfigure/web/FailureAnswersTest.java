package io.github.resilientchat.autoconfigure.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.quota.Bill;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an outage is answered with, whoever says how long it takes. */
class FailureAnswersTest {

  private final FailureAnswers answers =
      new FailureAnswers(
          new QuotaHeaders(CallerQuotas.unlimited(), QuotaHeadersProperties.Form.DRAFT),
          error -> Optional.empty());

  private EdgeProblem outage(@Nullable Duration retryAfter) {
    CallReport report =
        new CallReport(
            "chat",
            Caller.user("alice"),
            false,
            CallReport.Ending.FAILED,
            List.of(),
            List.of(),
            null,
            Duration.ZERO,
            null,
            Bill.NOTHING);
    return answers
        .answerTo(new NoTargetAvailableException("out", report, retryAfter, null), true)
        .orElseThrow();
  }

  @Test
  void outageSaysWhenToComeBack() {
    EdgeProblem problem = outage(Duration.ofSeconds(7));

    assertThat(problem.status()).isEqualTo(503);
    assertThat(problem.headers()).containsEntry("Retry-After", "7");
  }

  @Test
  void outageOfWhichNobodySaysHowLongIsWorthASecond() {
    EdgeProblem problem = outage(null);

    assertThat(problem.status()).isEqualTo(503);
    assertThat(problem.headers()).containsEntry("Retry-After", "1");
    assertThat(problem.members()).containsKey("retry-after");
  }
}
