package io.github.resilientchat.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.CallReport;
import io.github.resilientchat.core.CallTimeoutException;
import io.github.resilientchat.core.NoTargetAvailableException;
import io.github.resilientchat.core.StreamInterruptedException;
import io.github.resilientchat.simulator.Invocation;
import io.github.resilientchat.streaming.Expected.Ending;
import java.util.List;

/** What holds after every call, however it ended. */
final class Contract {

  private final Column column;
  private final Lab lab;
  private final Trial trial;
  private final Transcript heard;
  private final Expected expected;

  Contract(Column column, Lab lab, Trial trial, Transcript heard, Expected expected) {
    this.column = column;
    this.lab = lab;
    this.trial = trial;
    this.heard = heard;
    this.expected = expected.given(heard);
  }

  void check() {
    endedOnce();
    toldTheTruth();
    askedTheRightTargets();
    gaveEverythingBack();
    assertThat(Blocked.seen()).as("blocking calls on event loops").isEmpty();
  }

  private void endedOnce() {
    boolean silent = expected.ending() == Ending.CANCELLED && column.shape().streams;
    assertThat(heard.ends).as("endings").hasSize(silent ? 0 : 1);
    assertThat(heard.afterEnd()).as("content after the ending").isEmpty();
    assertThat(trial.reports()).as("reports").hasSize(1);
    assertThat(trial.reports().get(0).ending()).isEqualTo(reported());
  }

  private CallReport.Ending reported() {
    return switch (expected.ending()) {
      case ANSWERED -> CallReport.Ending.ANSWERED;
      case CANCELLED, ABANDONED, CALLERS_OWN -> CallReport.Ending.CANCELLED;
      default -> CallReport.Ending.FAILED;
    };
  }

  private void toldTheTruth() {
    assertThat(heard.contents).as("answers do not mix").matches(Words::ofOneAccount);
    switch (expected.ending()) {
      case ANSWERED -> {
        String last = expected.accounts().get(expected.accounts().size() - 1);
        assertThat(heard.ends.get(0).error()).isNull();
        assertThat(heard.text()).isEqualTo(Words.textOf(last));
      }
      case INTERRUPTED -> {
        assertThat(heard.contents).isNotEmpty();
        assertThat(error()).isInstanceOf(StreamInterruptedException.class);
        assertThat(((StreamInterruptedException) error()).partialText()).isEqualTo(heard.text());
      }
      case NO_TARGET -> assertThat(error()).isInstanceOf(NoTargetAvailableException.class);
      case TIMED_OUT -> assertThat(error()).isInstanceOf(CallTimeoutException.class);
      case ABANDONED -> assertThat(error()).isNotNull();
      case CALLERS_OWN -> assertThat(error()).isInstanceOf(Transcript.CallersOwn.class);
      default -> {}
    }
  }

  private Throwable error() {
    return heard.ends.get(0).error();
  }

  private void askedTheRightTargets() {
    List<Invocation> exchanges = lab.bedrock.invocations();
    // In the order in which they ended, which is not the order in which they began.
    assertThat(exchanges)
        .extracting(Invocation::account)
        .containsExactlyInAnyOrderElementsOf(expected.accounts());
    if (column.shape().streams) {
      assertThat(exchanges)
          .extracting(Invocation::httpVersion)
          .containsOnly(exchanges.isEmpty() ? new String[0] : version());
    }
  }

  private String[] version() {
    return new String[] {column.wire().httpVersion()};
  }

  private void gaveEverythingBack() {
    assertThat(lab.bedrock.openExchanges()).as("open exchanges").isZero();
    assertThat(trial.reserved()).as("open reservations").isZero();
    assertThat(trial.hasRoom(Words.BLUE)).as("room at blue").isTrue();
    assertThat(trial.hasRoom(Words.GREEN)).as("room at green").isTrue();
  }
}
