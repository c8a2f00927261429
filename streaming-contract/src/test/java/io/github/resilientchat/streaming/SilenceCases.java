package io.github.resilientchat.streaming;

import static io.github.resilientchat.streaming.Expected.answered;
import static io.github.resilientchat.streaming.Expected.interrupted;
import static io.github.resilientchat.streaming.Policies.IMPATIENT;
import static io.github.resilientchat.streaming.Seen.closed;
import static io.github.resilientchat.streaming.Seen.served;
import static io.github.resilientchat.streaming.Words.BLUE;
import static io.github.resilientchat.streaming.Words.GREEN;

import io.github.resilientchat.simulator.Fault;
import java.time.Duration;
import java.util.List;

/** Bedrock says nothing, for too long or just for long. */
final class SilenceCases {

  /** Within every timeout. */
  private static final Duration SLOW = Duration.ofMillis(200);

  private SilenceCases() {}

  static List<Case> all() {
    return List.of(
        Case.of("no answer at all", Trouble.hang(BLUE))
            .policy(IMPATIENT)
            .all(answered(closed(BLUE), served(GREEN))),
        Case.of("stall before the first token", Trouble.stall(BLUE, Trouble.ROLE))
            .policy(IMPATIENT)
            .streams(answered(closed(BLUE), served(GREEN)))
            .notBlocking(Cases.NO_FRAMES),
        Case.of("stall after the first token", Trouble.stall(BLUE, Trouble.TEXT))
            .policy(IMPATIENT)
            .streams(interrupted(Trouble.SOME_WORDS, closed(BLUE)))
            .notBlocking(Cases.NO_FRAMES),
        Case.of("slow first token", Trouble.slowFirstToken(BLUE, SLOW))
            .streams(answered(served(BLUE)))
            .notBlocking(Cases.NO_FRAMES),
        Case.of("slow answer", Fault.latency(SLOW).account(BLUE)).all(answered(served(BLUE))));
  }
}
