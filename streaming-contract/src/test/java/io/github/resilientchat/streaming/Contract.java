package io.github.resilientchat.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.CallTimeoutException;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.simulator.Invocation;
import io.github.resilientchat.streaming.Expected.Ending;
import java.util.List;
import java.util.concurrent.CancellationException;

/** What holds after every call, however it ended. */
final class Contract {

  private final Column column;
  private final List<Invocation> exchanges;
  private final Trial trial;
  private final Transcript heard;
  private final Expected expected;

  Contract(
      Column column, List<Invocation> exchanges, Trial trial, Transcript heard, Expected expected) {
    this.column = column;
    this.exchanges = exchanges;
    this.trial = trial;
    this.heard = heard;
    this.expected = expected;
  }

  /** Whether the caller is told nothing at the end. */
  static boolean silent(Expected expected, Column column) {
    return expected.ending() == Ending.CANCELLED && column.shape().streams;
  }

  /** What holds however slow the machine was, and whatever the call has come to for that. */
  void checkPromises() {
    assertThat(heard.ends).as("endings").hasSizeLessThanOrEqualTo(1);
    assertThat(heard.afterEnd()).as("content after the ending").isEmpty();
    assertThat(heard.discarded).as("discarded answers do not mix").matches(Words::ofOneAccount);
    assertThat(heard.contents).as("answers do not mix").matches(Words::ofOneAccount);
    assertThat(Blocked.seen()).as("blocking calls on event loops").isEmpty();
  }

  void check() {
    endedOnce();
    toldTheTruth();
    askedTheRightTargets();
    new Bill(exchanges, trial, heard, expected).check();
  }

  private void endedOnce() {
    assertThat(heard.ends).as("endings").hasSize(silent(expected, column) ? 0 : 1);
    assertThat(heard.restarts()).as("restarts").isEqualTo(expected.restarts());
    List<CallReport> reports = trial.reports();
    assertThat(reports).as("reports").hasSize(1 + expected.restarts());
    assertThat(reports.get(reports.size() - 1).ending()).isEqualTo(reported());
  }

  private CallReport.Ending reported() {
    return switch (expected.ending()) {
      case ANSWERED -> CallReport.Ending.ANSWERED;
      case CANCELLED, ABANDONED, CALLERS_OWN -> CallReport.Ending.CANCELLED;
      default -> CallReport.Ending.FAILED;
    };
  }

  private void toldTheTruth() {
    switch (expected.ending()) {
      case ANSWERED -> {
        assertThat(heard.ends.get(0).error()).isNull();
        assertThat(heard.text()).isEqualTo(Words.textOf(expected.answering()));
      }
      case INTERRUPTED -> interrupted();
      case NO_TARGET -> assertThat(error()).isInstanceOf(NoTargetAvailableException.class);
      case TIMED_OUT -> assertThat(error()).isInstanceOf(CallTimeoutException.class);
      case ABANDONED -> assertThat(error()).isInstanceOf(CancellationException.class);
      case CALLERS_OWN -> assertThat(error()).isInstanceOf(Transcript.CallersOwn.class);
      default -> {}
    }
  }

  private void interrupted() {
    assertThat(heard.contents).isNotEmpty();
    assertThat(error()).isInstanceOf(StreamInterruptedException.class);
    StreamInterruptedException interrupted = (StreamInterruptedException) error();
    assertThat(interrupted.partialText()).isEqualTo(heard.text());
    if (expected.words() != Expected.ANY) {
      String sent = Words.textOf(interrupted.target().name(), expected.words());
      if (expected.mayLose() == null) {
        assertThat(heard.text()).isEqualTo(sent);
      } else {
        assertThat(sent).startsWith(heard.text());
      }
    }
  }

  private Throwable error() {
    return heard.ends.get(0).error();
  }

  private void askedTheRightTargets() {
    // In the order in which they ended, which is not the order in which they began.
    assertThat(exchanges)
        .extracting(Seen::of)
        .containsExactlyInAnyOrderElementsOf(expected.exchanges());
    if (column.shape().streams) {
      assertThat(exchanges)
          .extracting(Invocation::httpVersion)
          .allMatch(column.wire().httpVersion()::equals);
    }
  }
}
