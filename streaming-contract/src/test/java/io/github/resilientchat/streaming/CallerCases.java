package io.github.resilientchat.streaming;

import static io.github.resilientchat.streaming.Deed.IS_INTERRUPTED;
import static io.github.resilientchat.streaming.Deed.LEAVES;
import static io.github.resilientchat.streaming.Deed.LEAVES_TWICE;
import static io.github.resilientchat.streaming.Expected.Charge.NOTHING;
import static io.github.resilientchat.streaming.Expected.Charge.RECEIVED;
import static io.github.resilientchat.streaming.Expected.Charge.RESERVED;
import static io.github.resilientchat.streaming.Expected.abandoned;
import static io.github.resilientchat.streaming.Expected.answered;
import static io.github.resilientchat.streaming.Expected.callersOwn;
import static io.github.resilientchat.streaming.Expected.cancelled;
import static io.github.resilientchat.streaming.Expected.interrupted;
import static io.github.resilientchat.streaming.Moment.AFTER_THE_FIRST_TOKEN;
import static io.github.resilientchat.streaming.Moment.BEFORE_THE_CALL;
import static io.github.resilientchat.streaming.Moment.DURING_A_PAUSE;
import static io.github.resilientchat.streaming.Moment.WITH_AN_OPEN_EXCHANGE;
import static io.github.resilientchat.streaming.Policies.IMPATIENT;
import static io.github.resilientchat.streaming.Policies.PAUSING;
import static io.github.resilientchat.streaming.Seen.closed;
import static io.github.resilientchat.streaming.Seen.faulted;
import static io.github.resilientchat.streaming.Seen.served;
import static io.github.resilientchat.streaming.Trouble.notReady;
import static io.github.resilientchat.streaming.Words.BLUE;

import java.util.List;
import java.util.stream.Stream;

/** The caller throws, leaves or is interrupted. */
final class CallerCases {

  private CallerCases() {}

  static List<Case> all() {
    return Stream.of(throwing(), leaving(), interrupting()).flatMap(List::stream).toList();
  }

  private static List<Case> throwing() {
    return List.of(
        Case.of("user callback throws")
            .callerThrows()
            .handler(answered(served(BLUE)))
            .without(Shape.FLUX, "see the row below: words must still be coming")
            .notBlocking(Cases.NO_CALLBACK),
        Case.of("user callback throws while words flow")
            .blueSays(Words.endless())
            .callerThrows()
            .flux(callersOwn(closed(BLUE)))
            .without(Shape.HANDLER, "a handler hears all of it")
            .notBlocking(Cases.NO_CALLBACK),
        Case.of("user callback throws, then a stall", Trouble.stall(BLUE, Trouble.TEXT))
            .callerThrows()
            .policy(IMPATIENT)
            .handler(interrupted(Trouble.SOME_WORDS, closed(BLUE)))
            .flux(callersOwn(closed(BLUE)))
            .notBlocking(Cases.NO_CALLBACK));
  }

  private static List<Case> leaving() {
    return List.of(
        Case.of("cancel before headers", Trouble.hang(BLUE))
            .caller(LEAVES, WITH_AN_OPEN_EXCHANGE)
            .streams(cancelled(RESERVED, closed(BLUE)))
            .notBlocking(Cases.NO_HANDLE),
        Case.of("cancel before the first token", Trouble.stall(BLUE, Trouble.ROLE))
            .caller(LEAVES, WITH_AN_OPEN_EXCHANGE)
            .streams(cancelled(RESERVED, closed(BLUE)))
            .notBlocking(Cases.NO_HANDLE),
        Case.of("cancel after the first token", Trouble.stall(BLUE, Trouble.TEXT))
            .caller(LEAVES, AFTER_THE_FIRST_TOKEN)
            .streams(cancelled(RECEIVED, closed(BLUE)))
            .notBlocking(Cases.NO_HANDLE),
        Case.of("cancel while words flow")
            .blueSays(Words.endless())
            .caller(LEAVES, AFTER_THE_FIRST_TOKEN)
            .streams(cancelled(RECEIVED, closed(BLUE)))
            .notBlocking(Cases.NO_HANDLE),
        Case.of("cancel during a pause", notReady())
            .caller(LEAVES, DURING_A_PAUSE)
            .policy(PAUSING)
            .streams(cancelled(NOTHING, faulted(BLUE)))
            .notBlocking(Cases.NO_HANDLE),
        Case.of("cancel twice", Trouble.stall(BLUE, Trouble.TEXT))
            .caller(LEAVES_TWICE, AFTER_THE_FIRST_TOKEN)
            .streams(cancelled(RECEIVED, closed(BLUE)))
            .notBlocking(Cases.NO_HANDLE));
  }

  private static List<Case> interrupting() {
    return List.of(
        Case.of("caller interrupted", Trouble.hang(BLUE))
            .caller(IS_INTERRUPTED, WITH_AN_OPEN_EXCHANGE)
            .blocking(cancelled(RESERVED, closed(BLUE)))
            .flux(cancelled(RESERVED, closed(BLUE)))
            .without(Shape.HANDLER, Cases.NOT_WAITING),
        Case.of("caller interrupted during a pause", notReady())
            .caller(IS_INTERRUPTED, DURING_A_PAUSE)
            .policy(PAUSING)
            .blocking(cancelled(NOTHING, faulted(BLUE)))
            .flux(cancelled(NOTHING, faulted(BLUE)))
            .without(Shape.HANDLER, Cases.NOT_WAITING),
        Case.of("caller interrupted before the call")
            .caller(IS_INTERRUPTED, BEFORE_THE_CALL)
            // Nobody waits in a streamed call: the flag is about something else.
            .handler(answered(served(BLUE)))
            .blocking(abandoned())
            .without(Shape.FLUX, "blocking on a stream throws before it begins"));
  }
}
