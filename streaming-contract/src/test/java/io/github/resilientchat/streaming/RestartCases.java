package io.github.resilientchat.streaming;

import static io.github.resilientchat.streaming.Deed.LEAVES;
import static io.github.resilientchat.streaming.Expected.Charge.RECEIVED;
import static io.github.resilientchat.streaming.Expected.answered;
import static io.github.resilientchat.streaming.Expected.cancelled;
import static io.github.resilientchat.streaming.Expected.interrupted;
import static io.github.resilientchat.streaming.Expected.noTarget;
import static io.github.resilientchat.streaming.Moment.AFTER_A_RESTART;
import static io.github.resilientchat.streaming.Policies.DEADLINE;
import static io.github.resilientchat.streaming.Policies.IMPATIENT;
import static io.github.resilientchat.streaming.Seen.closed;
import static io.github.resilientchat.streaming.Seen.faulted;
import static io.github.resilientchat.streaming.Seen.served;
import static io.github.resilientchat.streaming.Trouble.SOME_WORDS;
import static io.github.resilientchat.streaming.Trouble.TEXT;
import static io.github.resilientchat.streaming.Trouble.modelError;
import static io.github.resilientchat.streaming.Trouble.stall;
import static io.github.resilientchat.streaming.Trouble.throttledAfter;
import static io.github.resilientchat.streaming.Words.BLUE;
import static io.github.resilientchat.streaming.Words.GREEN;

import java.time.Duration;
import java.util.List;

/** The caller can discard what it heard and asked for a restart. */
final class RestartCases {

  /**
   * Before the head: a stream of Spring AI's has its subscriber by then, who misses no word. It
   * drops what is queued before he comes when an error is behind it.
   */
  private static final Duration HEARD = Duration.ofMillis(100);

  private RestartCases() {}

  static List<Case> all() {
    return List.<Case>of(
            Case.of("restart: broken before the first token", modelError(Trouble.ROLE))
                .streams(answered(faulted(BLUE), served(GREEN))),
            Case.of("restart: broken after text", modelError(TEXT).times(1).delay(HEARD))
                .streams(answered(faulted(BLUE), served(BLUE)).afterRestart()),
            Case.of("restart: throttled after text", throttledAfter(TEXT).delay(HEARD))
                .streams(answered(faulted(BLUE), served(GREEN)).afterRestart()),
            Case.of("restart: broken twice", modelError(TEXT).delay(HEARD))
                .handler(brokenTwice())
                .flux(brokenTwice().mayLose(BrokenBodyCases.QUEUED_WORDS)),
            Case.of(
                    "restart: nobody is left",
                    throttledAfter(TEXT).delay(HEARD),
                    Trouble.throttled().account(GREEN))
                .streams(noTarget(faulted(BLUE), faulted(GREEN)).afterRestart()),
            Case.of("restart: stall", stall(BLUE, TEXT).times(1))
                .policy(IMPATIENT)
                .streams(answered(closed(BLUE), served(BLUE)).afterRestart()),
            Case.of("restart: cancel after it", stall(BLUE, TEXT))
                .policy(IMPATIENT)
                .caller(LEAVES, AFTER_A_RESTART)
                .streams(cancelled(RECEIVED, closed(BLUE), closed(BLUE)).afterRestart()),
            Case.of("restart: no time is left", stall(BLUE, TEXT))
                .policy(DEADLINE)
                .streams(interrupted(SOME_WORDS, closed(BLUE))))
        .stream()
        .map(row -> row.callerDiscards().notBlocking(Cases.NO_FRAMES))
        .toList();
  }

  private static Expected brokenTwice() {
    return interrupted(SOME_WORDS, faulted(BLUE), faulted(BLUE)).afterRestart();
  }
}
