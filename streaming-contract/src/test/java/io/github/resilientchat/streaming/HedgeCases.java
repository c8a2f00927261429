package io.github.resilientchat.streaming;

import static io.github.resilientchat.streaming.Deed.IS_INTERRUPTED;
import static io.github.resilientchat.streaming.Deed.LEAVES;
import static io.github.resilientchat.streaming.Deed.LEAVES_TWICE;
import static io.github.resilientchat.streaming.Expected.Charge.RECEIVED;
import static io.github.resilientchat.streaming.Expected.Charge.RESERVED;
import static io.github.resilientchat.streaming.Expected.answered;
import static io.github.resilientchat.streaming.Expected.cancelled;
import static io.github.resilientchat.streaming.Expected.interrupted;
import static io.github.resilientchat.streaming.Expected.noTarget;
import static io.github.resilientchat.streaming.Expected.timedOut;
import static io.github.resilientchat.streaming.Moment.WHILE_TWO_RUN;
import static io.github.resilientchat.streaming.Policies.HEDGING;
import static io.github.resilientchat.streaming.Policies.SHORT;
import static io.github.resilientchat.streaming.Seen.closed;
import static io.github.resilientchat.streaming.Seen.faulted;
import static io.github.resilientchat.streaming.Seen.served;
import static io.github.resilientchat.streaming.Trouble.error;
import static io.github.resilientchat.streaming.Trouble.hang;
import static io.github.resilientchat.streaming.Trouble.modelErrorAt;
import static io.github.resilientchat.streaming.Trouble.slowFirstToken;
import static io.github.resilientchat.streaming.Trouble.stall;
import static io.github.resilientchat.streaming.Words.BLUE;
import static io.github.resilientchat.streaming.Words.GREEN;

import io.github.resilientchat.core.route.HedgePolicy;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.simulator.Fault;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Blue's first token does not come, so that green is asked beside it. */
final class HedgeCases {

  /** After the hedge, with time for its exchange to begin, and after what is before late. */
  private static final Duration LATE = Duration.ofMillis(800);

  /** In time for a hedge, and sooner than anything late. */
  private static final Duration BEFORE_LATE = Duration.ofMillis(400);

  private static final Duration NEVER = Duration.ofMinutes(10);

  private HedgeCases() {}

  static List<Case> all() {
    return Stream.of(winners(), failures(), endings())
        .flatMap(List::stream)
        .map(row -> row.after(Before.A_HEDGE_IS_EARNED).notBlocking(Cases.NOT_HEDGED))
        .toList();
  }

  private static List<Case> winners() {
    return List.of(
        Case.of("hedge wins before the first's headers", hang(BLUE))
            .policy(HEDGING)
            .streams(answered(closed(BLUE), served(GREEN))),
        Case.of("hedge wins before the first's token", slowFirstToken(BLUE, NEVER))
            .policy(HEDGING)
            .streams(answered(closed(BLUE), served(GREEN))),
        Case.of("first wins after all", slowFirstToken(BLUE, LATE), hang(GREEN))
            .policy(HEDGING)
            .streams(answered(served(BLUE), closed(GREEN))),
        Case.of("stall after the winner's first token", hang(BLUE), stall(GREEN, Trouble.TEXT))
            .policy(HEDGING.withIdleTimeout(SHORT))
            .streams(interrupted(Trouble.SOME_WORDS, closed(BLUE), closed(GREEN))),
        Case.of("stall after a first token: no hedge", stall(BLUE, Trouble.TEXT))
            .policy(
                RoutePolicy.DEFAULTS
                    .withHedge(new HedgePolicy(BEFORE_LATE, 5))
                    .withIdleTimeout(LATE))
            .streams(interrupted(Trouble.SOME_WORDS, closed(BLUE))));
  }

  private static List<Case> failures() {
    return List.of(
        Case.of(
                "first fails while the hedge runs",
                error(500, "InternalServerException").delay(BEFORE_LATE),
                slowFirstToken(GREEN, LATE))
            .policy(HEDGING)
            .streams(answered(faulted(BLUE), served(GREEN))),
        Case.of(
                "hedge fails while the first runs",
                slowFirstToken(BLUE, LATE),
                modelErrorAt(GREEN, Trouble.ROLE))
            .policy(HEDGING)
            .streams(answered(served(BLUE), faulted(GREEN))),
        Case.of(
                "first and hedge both fail",
                modelErrorAt(BLUE, 0).delay(LATE),
                modelErrorAt(GREEN, Trouble.ROLE))
            .policy(HEDGING)
            .streams(noTarget(faulted(BLUE), faulted(GREEN))));
  }

  private static List<Case> endings() {
    return List.of(
        Case.of("cancel while two run", Fault.hang())
            .policy(HEDGING)
            .caller(LEAVES, WHILE_TWO_RUN)
            .streams(cancelled(RESERVED, closed(BLUE), closed(GREEN))),
        Case.of("cancel twice while two run", Fault.stall(Trouble.ROLE))
            .policy(HEDGING)
            .caller(LEAVES_TWICE, WHILE_TWO_RUN)
            .streams(cancelled(RESERVED, closed(BLUE), closed(GREEN))),
        Case.of("interrupted while two run", Fault.hang())
            .policy(HEDGING)
            .caller(IS_INTERRUPTED, WHILE_TWO_RUN)
            .flux(cancelled(RESERVED, closed(BLUE), closed(GREEN)))
            .without(Shape.HANDLER, Cases.NOT_WAITING),
        Case.of("both time out", Fault.hang())
            .policy(HEDGING.withFirstTokenTimeout(SHORT))
            .streams(noTarget(closed(BLUE), closed(GREEN)).charged(RESERVED)),
        Case.of("deadline before either's headers", Fault.hang())
            .policy(HEDGING.withTimeout(SHORT))
            .streams(timedOut(RESERVED, closed(BLUE), closed(GREEN))),
        // Pieces of a tool call: nobody has won, but both are alive and may take all the time.
        Case.of("deadline while two run", Fault.stall(Trouble.TOOL_PIECE))
            .eachSays(Words::withTool)
            .policy(HEDGING.withTimeout(SHORT))
            .streams(timedOut(RECEIVED, closed(BLUE), closed(GREEN))));
  }
}
