package io.github.resilientchat.simulator;

import java.time.Duration;

/**
 * Something that goes wrong with the calls it matches: by default every call, every time.
 * Immutable; the methods that narrow it return a changed copy.
 *
 * <p>Of several faults the one added first wins. A fault that speaks of frames matches streaming
 * calls only. {@code afterFrames} counts the good frames before it: 0 lets the fault come first,
 * and a number beyond the answer lets it come last.
 */
public final class Fault {

  /** What goes wrong. */
  public enum Kind {
    HTTP_ERROR(Stage.ADMISSION),
    HANG(Stage.ADMISSION),
    RESET(Stage.ADMISSION),
    LATENCY(Stage.ANSWER),
    STALL_BODY(Stage.BODY),
    SLOW_FIRST_TOKEN(Stage.STREAM),
    STREAM_EXCEPTION(Stage.STREAM),
    STREAM_ERROR(Stage.STREAM),
    STALL(Stage.STREAM),
    TRUNCATE(Stage.STREAM),
    CUT(Stage.STREAM),
    STREAM_RESET(Stage.STREAM),
    BAD_CHECKSUM(Stage.STREAM),
    EMPTY_STREAM(Stage.STREAM);

    private enum Stage {
      ADMISSION,
      ANSWER,
      BODY,
      STREAM
    }

    private final Stage stage;

    Kind(Stage stage) {
      this.stage = stage;
    }

    boolean beforeAdmission() {
      return stage == Stage.ADMISSION;
    }

    boolean needsStream() {
      return stage == Stage.STREAM;
    }

    /** Whether it can strike calls of this kind. */
    boolean fits(boolean streaming) {
      return streaming ? stage != Stage.BODY : stage != Stage.STREAM;
    }
  }

  private final FaultEffect effect;
  private final FaultScope scope;

  Fault(FaultEffect effect, FaultScope scope) {
    Boolean streaming = scope.streaming();
    if (streaming != null && !effect.kind().fits(streaming)) {
      throw new IllegalArgumentException(
          effect.kind() + " cannot match calls " + (streaming ? "with" : "without") + " a stream");
    }
    this.effect = effect;
    this.scope = scope;
  }

  /** An error response; {@code errorType} as in {@code ThrottlingException}. Takes no quota. */
  public static Fault httpError(int status, String errorType, String message) {
    return of(FaultEffect.httpError(ApiError.of(status, errorType, message)));
  }

  /** The answer comes later, headers included. */
  public static Fault latency(Duration delay) {
    return of(FaultEffect.of(Kind.LATENCY, 0).withDelay(delay));
  }

  /** No answer at all: the exchange stays open until the client goes away. Takes no quota. */
  public static Fault hang() {
    return of(FaultEffect.of(Kind.HANG, 0));
  }

  /**
   * Head and half of the body of an answer that is not streamed, then silence until the client goes
   * away. Matches such calls only.
   */
  public static Fault stallBody() {
    return of(FaultEffect.of(Kind.STALL_BODY, 0));
  }

  /** The TCP connection is reset instead of an answer. Takes no quota. */
  public static Fault reset() {
    return of(FaultEffect.of(Kind.RESET, 0));
  }

  /** Headers at once, the first frame late. */
  public static Fault slowFirstToken(Duration delay) {
    return of(FaultEffect.of(Kind.SLOW_FIRST_TOKEN, 0).withDelay(delay));
  }

  /**
   * A modelled exception inside a stream that began with status 200.
   *
   * @param exceptionType as in {@code :exception-type}, for example {@code throttlingException}
   */
  public static Fault streamException(int afterFrames, String exceptionType, String message) {
    return of(FaultEffect.inStream(Kind.STREAM_EXCEPTION, afterFrames, exceptionType, message));
  }

  /** An unmodelled error frame, {@code :message-type: error}, with this {@code :error-code}. */
  public static Fault streamError(int afterFrames, String errorCode, String message) {
    return of(FaultEffect.inStream(Kind.STREAM_ERROR, afterFrames, errorCode, message));
  }

  /** The stream falls silent and stays open until the client goes away. */
  public static Fault stall(int afterFrames) {
    return of(FaultEffect.of(Kind.STALL, afterFrames));
  }

  /** The stream ends too early, but as HTTP in good order. */
  public static Fault truncate(int afterFrames) {
    return of(FaultEffect.of(Kind.TRUNCATE, afterFrames));
  }

  /** HTTP/1.1: the connection is closed without a last chunk. HTTP/2: the stream is reset. */
  public static Fault cut(int afterFrames) {
    return of(FaultEffect.of(Kind.CUT, afterFrames));
  }

  /** The TCP connection is reset in mid stream, with all HTTP/2 streams on it. */
  public static Fault streamReset(int afterFrames) {
    return of(FaultEffect.of(Kind.STREAM_RESET, afterFrames));
  }

  /** The next frame carries a wrong checksum; the stream then ends. */
  public static Fault badChecksum(int afterFrames) {
    return of(FaultEffect.of(Kind.BAD_CHECKSUM, afterFrames));
  }

  /** Status 200 and not a single frame. */
  public static Fault emptyStream() {
    return of(FaultEffect.of(Kind.EMPTY_STREAM, 0));
  }

  private static Fault of(FaultEffect effect) {
    return new Fault(effect, FaultScope.EVERY_CALL);
  }

  /** Matches calls of this account only. */
  public Fault account(String name) {
    return new Fault(effect, scope.withAccount(name));
  }

  /** Matches calls to this source Region only. */
  public Fault region(String name) {
    return new Fault(effect, scope.withRegion(name));
  }

  /** Matches this id only, as the client sends it or as an ARN resolves to it. */
  public Fault model(String id) {
    return new Fault(effect, scope.withModel(id));
  }

  /** Matches ConverseStream only ({@code true}) or Converse only ({@code false}). */
  public Fault streaming(boolean only) {
    return new Fault(effect, scope.withStreaming(only));
  }

  /** Strikes this often, then is gone. */
  public Fault times(int times) {
    return new Fault(effect, scope.withTimes(times));
  }

  /** Strikes a matching call with this probability, drawn from the seed of the simulator. */
  public Fault probability(double probability) {
    return new Fault(effect, scope.withProbability(probability));
  }

  /** An HTTP error with a {@code Retry-After} header, in whole seconds rounded up. */
  public Fault retryAfter(Duration delay) {
    return new Fault(effect.withRetryAfter(delay), scope);
  }

  /** Waits before it strikes: before the headers, or after them for a slow first token. */
  public Fault delay(Duration delay) {
    return new Fault(effect.withDelay(delay), scope);
  }

  FaultEffect effect() {
    return effect;
  }

  FaultScope scope() {
    return scope;
  }

  @Override
  public String toString() {
    return effect + " for " + scope;
  }
}
