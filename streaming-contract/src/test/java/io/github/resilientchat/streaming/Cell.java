package io.github.resilientchat.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

/** One case in one column: makes the call and waits until it is over on both sides. */
record Cell(Case row, Column column, Lab lab) {

  /** What the caller heard in the last run, to look at again when late signals would have come. */
  Transcript run(int number) throws Exception {
    lab.reset(row.blue());
    Blocked.watch();
    row.faults().apply(number).forEach(lab.bedrock::fault);
    Trial trial = new Trial(lab, row.policy());
    Transcript heard = new Transcript(row.conduct() == Conduct.THROWS);
    Talk talk = column.shape().talk(trial, heard);

    Thread caller = new Thread(() -> converse(talk), "caller");
    caller.start();
    row.conduct().act(lab, trial, heard, talk, caller);

    trial.over.get(Lab.AT_MOST.toSeconds(), TimeUnit.SECONDS);
    caller.join(Lab.AT_MOST.toMillis());
    assertThat(caller.isAlive()).as("the caller's thread is still busy").isFalse();
    lab.bedrock.awaitIdle(Lab.AT_MOST);
    Expected expected = row.expected().get(column.shape());
    heard.awaitEndUnlessSilent(expected.ending() == Expected.Ending.CANCELLED);
    new Contract(column, lab, trial, heard, expected).check();
    return heard;
  }

  private void converse(Talk talk) {
    if (row.conduct() == Conduct.WAS_INTERRUPTED_BEFORE) {
      Thread.currentThread().interrupt();
    }
    talk.converse();
  }
}
