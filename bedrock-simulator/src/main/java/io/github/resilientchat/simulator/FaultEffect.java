package io.github.resilientchat.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a fault does.
 *
 * @param error of an HTTP error the whole of it; of an error in the stream its type and message
 */
record FaultEffect(Fault.Kind kind, int afterFrames, @Nullable ApiError error, Duration delay) {

  /** Nothing goes wrong. */
  static final FaultEffect NONE = of(Fault.Kind.LATENCY, 0);

  // In the stream the status is 200 already; the SDK derives one from the exception type.
  private static final int IN_STREAM_STATUS = 200;

  FaultEffect {
    if (afterFrames < 0) {
      throw new IllegalArgumentException("afterFrames must not be negative: " + afterFrames);
    }
    if (delay.isNegative()) {
      throw new IllegalArgumentException("delay must not be negative: " + delay);
    }
  }

  static FaultEffect of(Fault.Kind kind, int afterFrames) {
    return new FaultEffect(kind, afterFrames, null, Duration.ZERO);
  }

  static FaultEffect httpError(ApiError error) {
    if (error.status() < 400 || error.status() > 599) {
      throw new IllegalArgumentException("status must be from 400 to 599: " + error.status());
    }
    return new FaultEffect(Fault.Kind.HTTP_ERROR, 0, error, Duration.ZERO);
  }

  static FaultEffect inStream(Fault.Kind kind, int afterFrames, String type, String message) {
    ApiError error = ApiError.of(IN_STREAM_STATUS, type, message);
    return new FaultEffect(kind, afterFrames, error, Duration.ZERO);
  }

  FaultEffect withDelay(Duration before) {
    return new FaultEffect(kind, afterFrames, error, before);
  }

  FaultEffect withRetryAfter(Duration retryAfter) {
    if (kind != Fault.Kind.HTTP_ERROR || error == null) {
      throw new IllegalArgumentException("retryAfter belongs to HTTP_ERROR, not to " + kind);
    }
    ApiError later = new ApiError(error.status(), error.type(), error.message(), retryAfter);
    return new FaultEffect(kind, afterFrames, later, delay);
  }

  ApiError requireError() {
    if (error == null) {
      throw new IllegalStateException(kind + " carries no error");
    }
    return error;
  }

  boolean endsStream() {
    return kind.needsStream() && kind != Fault.Kind.SLOW_FIRST_TOKEN;
  }

  /** Time to wait before the headers. */
  Duration beforeHeaders() {
    return kind == Fault.Kind.SLOW_FIRST_TOKEN ? Duration.ZERO : delay;
  }
}
