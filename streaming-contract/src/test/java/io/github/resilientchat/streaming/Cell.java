package io.github.resilientchat.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;

/** One case in one column: makes the call and waits until it is over on both sides. */
record Cell(Case row, Column column, Lab lab) {

  /**
   * What the caller heard in a run.
   *
   * @param transcript to look at again when late signals would have come
   * @param lost whether words were lost that may be lost
   */
  record Heard(Transcript transcript, boolean lost) {}

  Heard run(int number) throws Exception {
    Trial trial = new Trial(lab, row.policy(), row.before());
    Function<Transcript, Talk> talks = column.shape().talks(trial, row.discarding());
    row.before().happen(lab, trial, () -> refused(talks));
    lab.reset(row.answers());
    row.faults(number).forEach(lab.bedrock::fault);
    Blocked.watch();

    Transcript heard = new Transcript(row.throwing());
    Expected expected = row.expected(column.shape(), number);
    boolean silent = Contract.silent(expected, column);
    converse(trial, heard, talks.apply(heard));
    if (!silent) {
      BrokenPromise.unless(heard::awaitEnd);
    }
    BrokenPromise.unless(() -> trial.awaitReports(1 + (heard.restarts() > 0 ? 1 : 0)));
    BrokenPromise.unless(() -> lab.bedrock.awaitIdle(Lab.AT_MOST));
    return check(trial, heard, expected);
  }

  private void converse(Trial trial, Transcript heard, Talk talk) throws Exception {
    boolean before = row.moment() == Moment.BEFORE_THE_CALL;
    Runnable call =
        () -> {
          if (before) {
            row.deed().act(trial, talk, Thread.currentThread());
          }
          talk.converse();
        };
    Thread caller = new Thread(call, "caller");
    caller.start();
    if (!before) {
      row.moment().await(lab, trial, heard, caller);
      row.deed().act(trial, talk, caller);
    }
    caller.join(Lab.AT_MOST.toMillis());
    BrokenPromise.unless(
        () -> assertThat(caller.isAlive()).as("the caller's thread is still busy").isFalse());
  }

  private Heard check(Trial trial, Transcript heard, Expected expected) throws Exception {
    boolean lost = expected.mayMove() && heard.contents.stream().noneMatch(Words::ofBlue);
    Expected possible = lost ? BrokenBodyCases.MOVED : expected;
    Contract contract = new Contract(column, lab.bedrock.invocations(), trial, heard, possible);
    BrokenPromise.unless(contract::checkPromises);
    contract.check();
    BrokenPromise.unless(trial::checkRoom);
    return new Heard(heard, lost);
  }

  /** A call that ends at once and says nothing about any target. */
  private static void refused(Function<Transcript, Talk> talks) {
    Transcript refusal = new Transcript(false);
    talks.apply(refusal).converse();
    refusal.awaitEnd();
  }
}
