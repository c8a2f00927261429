package io.github.resilientchat.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.Bill;
import io.github.resilientchat.core.report.AttemptReport.Kind;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an attempt was to its call, read from when it began and ended. */
class AttemptKindTest {

  private static final Failure FAILED = Failure.of(FailureKind.UNAVAILABLE, "down");

  private final Target east = Target.named("east");
  private final Target west = Target.named("west");

  private static AttemptReport attempt(Target target, int from, int to, boolean answered) {
    return new AttemptReport(
        target,
        0,
        answered ? null : FAILED,
        null,
        Duration.ofSeconds(from),
        null,
        Duration.ofSeconds(to - from),
        List.of());
  }

  private static CallReport call(AttemptReport... attempts) {
    return new CallReport(
        "chat",
        Caller.ANONYMOUS,
        true,
        CallReport.Ending.ANSWERED,
        List.of(attempts),
        List.of(),
        null,
        Duration.ofSeconds(9),
        null,
        Bill.NOTHING);
  }

  private static List<Kind> kinds(CallReport call) {
    return call.begun().stream().map(call::kindOf).toList();
  }

  @Test
  void sameTargetIsARetryAndAnotherOneAFallback() {
    CallReport call =
        call(attempt(east, 0, 1, false), attempt(east, 2, 3, false), attempt(west, 3, 4, true));

    assertThat(kinds(call)).containsExactly(Kind.FIRST, Kind.RETRY, Kind.FALLBACK);
  }

  @Test
  void attemptBesideOneUnderWayIsAHedgeWhoeverWins() {
    assertThat(kinds(call(attempt(east, 0, 5, false), attempt(west, 2, 6, true))))
        .containsExactly(Kind.FIRST, Kind.HEDGE);
    assertThat(kinds(call(attempt(west, 2, 4, false), attempt(east, 0, 6, true))))
        .containsExactly(Kind.FIRST, Kind.HEDGE);
  }

  @Test
  void attemptsOfAFreshAnswerBeginAfterThoseOfTheBrokenOne() {
    CallReport fresh = call(attempt(west, 0, 1, true));

    CallReport whole = fresh.after(call(attempt(east, 0, 5, false)));

    assertThat(kinds(whole)).containsExactly(Kind.FIRST, Kind.FALLBACK);
    assertThat(whole.begun().get(1).begun()).isEqualTo(Duration.ofSeconds(9));
  }
}
