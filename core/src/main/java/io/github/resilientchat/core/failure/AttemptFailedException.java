package io.github.resilientchat.core.failure;

import io.github.resilientchat.core.Capability;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A failure that the driver itself saw: nothing arrived in time, a stream ended without a finish,
 * or a model said null. Drivers report it to the attempt like any other error.
 */
public final class AttemptFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  private AttemptFailedException(String message, Failure failure) {
    super(message);
    this.failure = failure;
  }

  /** Nothing arrived while the attempt was patient. */
  public static AttemptFailedException noSignal(Duration patience, boolean afterContent) {
    String what = afterContent ? "no further token" : "no answer";
    return new AttemptFailedException(
        what + " within " + patience.toMillis() + " ms",
        Failure.of(FailureKind.TIMED_OUT, afterContent ? "IdleTimeout" : "FirstTokenTimeout"));
  }

  /** More of an answer came than its consumer takes, from a client that cannot be held. */
  public static AttemptFailedException overrun() {
    return new AttemptFailedException(
        "the stream ran far ahead of its consumer, and its client cannot be held",
        Failure.of(FailureKind.REJECTED, "ConsumerTooSlow"));
  }

  /** The stream ended while its client held it for a consumer who takes nothing. */
  public static AttemptFailedException held(Throwable end) {
    AttemptFailedException held =
        new AttemptFailedException(
            "the stream ended while it was held for its consumer",
            Failure.of(FailureKind.REJECTED, "ConsumerTooSlow"));
    held.initCause(end);
    return held;
  }

  /** The stream ended, but the model never said that it had finished. */
  public static AttemptFailedException truncated() {
    return new AttemptFailedException(
        "the stream ended without a finish reason",
        Failure.of(FailureKind.MODEL_FAILED, "TruncatedStream"));
  }

  /** The model said nothing at all where it must say something. */
  public static AttemptFailedException noAnswer() {
    return new AttemptFailedException(
        "the model gave null for an answer", Failure.of(FailureKind.MODEL_FAILED, "NoAnswer"));
  }

  /** The request holds what the target cannot be sent. */
  public static AttemptFailedException unsupported(Capability what) {
    return new AttemptFailedException(
        "the target cannot be sent what the request holds: " + what,
        Failure.of(FailureKind.UNSUPPORTED, "Lacks" + camel(what)));
  }

  private static String camel(Capability what) {
    return Arrays.stream(what.name().split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  public Failure failure() {
    return failure;
  }
}
