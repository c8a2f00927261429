package io.github.resilientchat.streaming;

import static io.github.resilientchat.streaming.Expected.abandoned;
import static io.github.resilientchat.streaming.Expected.answered;
import static io.github.resilientchat.streaming.Expected.callersOwn;
import static io.github.resilientchat.streaming.Expected.cancelled;
import static io.github.resilientchat.streaming.Expected.interrupted;
import static io.github.resilientchat.streaming.Expected.movedUnlessHeard;
import static io.github.resilientchat.streaming.Expected.noTarget;
import static io.github.resilientchat.streaming.Expected.timedOut;
import static io.github.resilientchat.streaming.Words.BLUE;
import static io.github.resilientchat.streaming.Words.GREEN;

import io.github.resilientchat.core.RetryPolicy;
import io.github.resilientchat.core.RoutePolicy;
import io.github.resilientchat.simulator.Fault;
import java.time.Duration;
import java.util.List;

/** The contract. Faults strike blue, the first target, unless they say otherwise. */
final class Cases {

  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(30);

  private static final RoutePolicy IMPATIENT =
      RoutePolicy.DEFAULTS
          .withAttemptTimeout(SHORT)
          .withFirstTokenTimeout(SHORT)
          .withIdleTimeout(SHORT);
  private static final RoutePolicy DEADLINE = RoutePolicy.DEFAULTS.withTimeout(SHORT);
  private static final RoutePolicy PAUSING =
      RoutePolicy.DEFAULTS.withRetry(new RetryPolicy(3, LONG, LONG));

  private static final String NO_FRAMES = "a blocking call has no frames";
  private static final String NO_HANDLE = "a blocking call is left by interrupting it";
  private static final String NO_CALLBACK = "a blocking call has no callback";
  private static final String NOT_WAITING = "the caller's thread does not wait for a handler";

  private static final int AFTER_START = 1;
  private static final int AFTER_REASONING = 4;
  private static final int AFTER_TEXT = 5;
  private static final int AFTER_TOOL = 5;

  private Cases() {}

  static List<Case> all() {
    return java.util.stream.Stream.of(
            failures(), silences(), brokenBodies(), callers(), deadlines())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Case> failures() {
    return List.of(
        Case.of("no fault").all(answered(BLUE)),
        Case.of("throttled before headers", throttled().account(BLUE)).all(answered(BLUE, GREEN)),
        Case.of("throttled everywhere", throttled()).all(noTarget(BLUE, GREEN)),
        Case.of("server error before headers", error(500, "InternalServerException"))
            .all(answered(BLUE, GREEN)),
        // Says that the model has no capacity in the Region, in which green is, too.
        Case.of("unavailable before headers", error(503, "ServiceUnavailableException"))
            .all(noTarget(BLUE)),
        Case.of("exception as first frame", modelError(0))
            .streams(answered(BLUE, GREEN))
            .noStream(NO_FRAMES),
        Case.of("exception after role frame", modelError(AFTER_START))
            .streams(answered(BLUE, GREEN))
            .noStream(NO_FRAMES),
        Case.of("exception after reasoning", modelError(AFTER_REASONING))
            .blueSays(Words.withReasoning())
            .handler(interrupted())
            // Spring AI 1.1's Bedrock model drops reasoning, so that nothing was heard.
            .flux(answered(BLUE, GREEN))
            .noStream(NO_FRAMES),
        Case.of("exception after text", modelError(AFTER_TEXT))
            .streams(interrupted())
            .noStream(NO_FRAMES),
        Case.of("exception after a tool call", modelError(AFTER_TOOL))
            .blueSays(Words.withTool())
            .streams(movedUnlessHeard())
            .noStream(NO_FRAMES),
        Case.atEveryFrame("exception at every frame", Cases::throttledAt)
            .streams(movedUnlessHeard())
            .noStream(NO_FRAMES));
  }

  private static List<Case> silences() {
    return List.of(
        Case.of("no answer at all", Fault.hang().account(BLUE))
            .policy(IMPATIENT)
            .all(answered(BLUE, GREEN)),
        Case.of("stall before the first token", Fault.stall(AFTER_START).account(BLUE))
            .policy(IMPATIENT)
            .streams(answered(BLUE, GREEN))
            .noStream(NO_FRAMES),
        Case.of("stall after the first token", Fault.stall(AFTER_TEXT).account(BLUE))
            .policy(IMPATIENT)
            .streams(interrupted())
            .noStream(NO_FRAMES),
        Case.of("slow first token", Fault.slowFirstToken(SHORT).account(BLUE))
            .streams(answered(BLUE))
            .noStream(NO_FRAMES),
        Case.of("slow answer", Fault.latency(SHORT).account(BLUE)).all(answered(BLUE)));
  }

  private static List<Case> brokenBodies() {
    return List.of(
        Case.of("connection reset", Fault.reset().account(BLUE)).all(answered(BLUE, GREEN)),
        Case.of("empty stream", Fault.emptyStream().account(BLUE))
            .streams(answered(BLUE, GREEN))
            .noStream(NO_FRAMES),
        Case.atEveryFrame("truncation at every frame", Fault::truncate)
            .streams(movedUnlessHeard())
            .noStream(NO_FRAMES),
        Case.atEveryFrame("cut at every frame", Fault::cut)
            .streams(movedUnlessHeard())
            .noStream(NO_FRAMES),
        Case.atEveryFrame("TCP reset at every frame", Fault::streamReset)
            .streams(movedUnlessHeard())
            .noStream(NO_FRAMES),
        Case.atEveryFrame("bad checksum at every frame", Fault::badChecksum)
            .streams(movedUnlessHeard())
            .noStream(NO_FRAMES));
  }

  private static List<Case> callers() {
    return List.of(
        Case.of("user callback throws")
            .callerWho(Conduct.THROWS)
            .handler(answered(BLUE))
            .flux(callersOwn())
            .noStream(NO_CALLBACK),
        Case.of("user callback throws, then a stall", Fault.stall(AFTER_TEXT).account(BLUE))
            .callerWho(Conduct.THROWS)
            .policy(IMPATIENT)
            .handler(interrupted())
            .flux(callersOwn())
            .noStream(NO_CALLBACK),
        Case.of("cancel before headers", Fault.hang().account(BLUE))
            .callerWho(Conduct.LEAVES_BEFORE_THE_FIRST_TOKEN)
            .streams(cancelled(BLUE))
            .noStream(NO_HANDLE),
        Case.of("cancel before the first token", Fault.stall(AFTER_START).account(BLUE))
            .callerWho(Conduct.LEAVES_BEFORE_THE_FIRST_TOKEN)
            .streams(cancelled(BLUE))
            .noStream(NO_HANDLE),
        Case.of("cancel after the first token", Fault.stall(AFTER_TEXT).account(BLUE))
            .callerWho(Conduct.LEAVES_AFTER_THE_FIRST_TOKEN)
            .streams(cancelled(BLUE))
            .noStream(NO_HANDLE),
        Case.of("cancel during a pause", notReady())
            .callerWho(Conduct.LEAVES_DURING_A_PAUSE)
            .policy(PAUSING)
            .streams(cancelled(BLUE))
            .noStream(NO_HANDLE),
        Case.of("cancel twice", Fault.stall(AFTER_TEXT).account(BLUE))
            .callerWho(Conduct.LEAVES_TWICE)
            .streams(cancelled(BLUE))
            .noStream(NO_HANDLE),
        Case.of("caller interrupted", Fault.hang().account(BLUE))
            .callerWho(Conduct.IS_INTERRUPTED)
            .blocking(cancelled(BLUE))
            .flux(cancelled(BLUE))
            .without(Shape.HANDLER, NOT_WAITING),
        Case.of("caller interrupted during a pause", notReady())
            .callerWho(Conduct.IS_INTERRUPTED_DURING_A_PAUSE)
            .policy(PAUSING)
            .blocking(cancelled(BLUE))
            .flux(cancelled(BLUE))
            .without(Shape.HANDLER, NOT_WAITING),
        Case.of("caller interrupted before the call")
            .callerWho(Conduct.WAS_INTERRUPTED_BEFORE)
            .handler(abandoned())
            .blocking(abandoned())
            .without(Shape.FLUX, "blocking on a stream throws before it begins"));
  }

  private static List<Case> deadlines() {
    return List.of(
        Case.of("deadline before headers", Fault.hang())
            .policy(DEADLINE)
            .all(timedOut(BLUE, GREEN)),
        Case.of("deadline before the first token", Fault.stall(AFTER_START))
            .policy(DEADLINE)
            .streams(timedOut(BLUE, GREEN))
            .noStream(NO_FRAMES),
        Case.of("deadline after the first token", Fault.stall(AFTER_TEXT))
            .policy(DEADLINE)
            .streams(interrupted())
            .noStream(NO_FRAMES),
        Case.of("deadline while words flow")
            .blueSays(Words.endless())
            .policy(DEADLINE)
            .streams(interrupted())
            .noStream(NO_FRAMES),
        Case.of("deadline sooner than a pause", notReady())
            .policy(PAUSING.withTimeout(SHORT))
            .all(answered(BLUE, GREEN)),
        Case.of("deadline after a pause", notReady().times(1), Fault.hang())
            .policy(DEADLINE)
            .all(timedOut(BLUE, BLUE, GREEN)));
  }

  private static Fault throttled() {
    return Fault.httpError(429, "ThrottlingException", "injected");
  }

  /** The engine waits for the same target. */
  private static Fault notReady() {
    return Fault.httpError(429, "ModelNotReadyException", "injected").account(BLUE);
  }

  private static Fault error(int status, String type) {
    return Fault.httpError(status, type, "injected").account(BLUE);
  }

  private static Fault modelError(int afterFrames) {
    return Fault.streamException(afterFrames, "modelStreamErrorException", "injected")
        .account(BLUE);
  }

  private static Fault throttledAt(int frame) {
    return Fault.streamException(frame, "throttlingException", "injected");
  }
}
