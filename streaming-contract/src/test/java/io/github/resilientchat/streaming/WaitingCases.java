package io.github.resilientchat.streaming;

import static io.github.resilientchat.streaming.Before.NO_ROOM_FOR_A_MINUTE;
import static io.github.resilientchat.streaming.Before.NO_ROOM_FOR_A_MOMENT;
import static io.github.resilientchat.streaming.Before.NO_ROOM_FOR_A_SECOND;
import static io.github.resilientchat.streaming.Deed.IS_INTERRUPTED;
import static io.github.resilientchat.streaming.Deed.LEAVES;
import static io.github.resilientchat.streaming.Deed.LEAVES_TWICE;
import static io.github.resilientchat.streaming.Deed.LETS_AN_HOUR_PASS;
import static io.github.resilientchat.streaming.Expected.Charge.NOTHING;
import static io.github.resilientchat.streaming.Expected.answered;
import static io.github.resilientchat.streaming.Expected.cancelled;
import static io.github.resilientchat.streaming.Expected.noTarget;
import static io.github.resilientchat.streaming.Expected.timedOut;
import static io.github.resilientchat.streaming.Moment.WHILE_WAITING_FOR_ROOM;
import static io.github.resilientchat.streaming.Policies.SHORT;
import static io.github.resilientchat.streaming.Policies.WAITING;
import static io.github.resilientchat.streaming.Seen.faulted;
import static io.github.resilientchat.streaming.Seen.served;
import static io.github.resilientchat.streaming.Words.BLUE;
import static io.github.resilientchat.streaming.Words.GREEN;

import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.simulator.Fault;
import java.time.Duration;
import java.util.List;

/** No target has room, and the route lets a call wait for it ({@code max-wait}). */
final class WaitingCases {

  private WaitingCases() {}

  static List<Case> all() {
    return List.of(
        Case.of("no room, and no waiting")
            .after(NO_ROOM_FOR_A_MINUTE)
            .policy(RoutePolicy.DEFAULTS)
            .all(noTarget()),
        Case.of("no room, waits and is answered")
            .after(NO_ROOM_FOR_A_MOMENT)
            .policy(WAITING)
            .all(answered(served(BLUE))),
        Case.of("throttled everywhere, waits", throttledOnce(BLUE), throttledOnce(GREEN))
            .policy(WAITING)
            .all(answered(faulted(BLUE), faulted(GREEN), served(BLUE))),
        Case.of("cancel while waiting for room")
            .after(NO_ROOM_FOR_A_MINUTE)
            .policy(WAITING)
            .caller(LEAVES, WHILE_WAITING_FOR_ROOM)
            .streams(cancelled(NOTHING))
            .notBlocking(Cases.NO_HANDLE),
        Case.of("cancel twice while waiting for room")
            .after(NO_ROOM_FOR_A_MINUTE)
            .policy(WAITING)
            .caller(LEAVES_TWICE, WHILE_WAITING_FOR_ROOM)
            .streams(cancelled(NOTHING))
            .notBlocking(Cases.NO_HANDLE),
        Case.of("interrupted while waiting for room")
            .after(NO_ROOM_FOR_A_MINUTE)
            .policy(WAITING)
            .caller(IS_INTERRUPTED, WHILE_WAITING_FOR_ROOM)
            .blocking(cancelled(NOTHING))
            .flux(cancelled(NOTHING))
            .without(Shape.HANDLER, Cases.NOT_WAITING),
        Case.of("deadline while waiting for room")
            .after(NO_ROOM_FOR_A_SECOND)
            .policy(WAITING)
            .caller(LETS_AN_HOUR_PASS, WHILE_WAITING_FOR_ROOM)
            .all(timedOut(NOTHING)),
        Case.of("deadline sooner than room")
            .after(NO_ROOM_FOR_A_MINUTE)
            .policy(WAITING.withTimeout(SHORT))
            .all(noTarget()));
  }

  private static Fault throttledOnce(String account) {
    return Trouble.throttled().account(account).times(1).retryAfter(Duration.ofSeconds(1));
  }
}
