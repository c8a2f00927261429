package io.github.resilientchat.streaming;

import static io.github.resilientchat.streaming.Expected.Charge.RESERVED;
import static io.github.resilientchat.streaming.Expected.answered;
import static io.github.resilientchat.streaming.Expected.interrupted;
import static io.github.resilientchat.streaming.Expected.timedOut;
import static io.github.resilientchat.streaming.Policies.AT_ONCE;
import static io.github.resilientchat.streaming.Policies.DEADLINE;
import static io.github.resilientchat.streaming.Policies.PAUSING;
import static io.github.resilientchat.streaming.Policies.SOONER;
import static io.github.resilientchat.streaming.Seen.closed;
import static io.github.resilientchat.streaming.Seen.faulted;
import static io.github.resilientchat.streaming.Seen.served;
import static io.github.resilientchat.streaming.Trouble.notReady;
import static io.github.resilientchat.streaming.Words.BLUE;
import static io.github.resilientchat.streaming.Words.GREEN;

import io.github.resilientchat.simulator.Fault;
import java.util.List;

/** The time of the whole call is up. */
final class DeadlineCases {

  private DeadlineCases() {}

  static List<Case> all() {
    return List.of(
        Case.of("deadline before headers", Fault.hang())
            .policy(DEADLINE)
            .all(timedOut(RESERVED, closed(BLUE), closed(GREEN))),
        Case.of("deadline before the first token", Fault.stall(Trouble.ROLE))
            .policy(DEADLINE)
            .streams(timedOut(RESERVED, closed(BLUE), closed(GREEN)))
            .notBlocking(Cases.NO_FRAMES),
        Case.of("deadline after the first token", Fault.stall(Trouble.TEXT))
            .policy(DEADLINE)
            .streams(interrupted(Trouble.SOME_WORDS, closed(BLUE)))
            .notBlocking(Cases.NO_FRAMES),
        Case.of("deadline while words flow")
            .blueSays(Words.endless())
            .policy(DEADLINE)
            .streams(interrupted(Expected.ANY, closed(BLUE)))
            .notBlocking(Cases.NO_FRAMES),
        Case.of("deadline sooner than a pause", notReady())
            .policy(PAUSING.withTimeout(SOONER))
            .all(answered(faulted(BLUE), served(GREEN))),
        Case.of("deadline after a pause", notReady().times(1), Fault.hang())
            .policy(DEADLINE.withRetry(AT_ONCE))
            .all(timedOut(RESERVED, faulted(BLUE), closed(BLUE), closed(GREEN))));
  }
}
