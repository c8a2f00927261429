package io.github.resilientchat.autoconfigure.metrics;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/** The {@code error.type} of an attempt: few, and never a provider's word. */
final class ErrorType {

  static final String NONE = "none";

  private ErrorType() {}

  static String of(@Nullable Failure failure) {
    return failure == null ? NONE : of(failure.kind());
  }

  static String of(FailureKind kind) {
    return switch (kind) {
      case THROTTLED -> "throttled";
      case QUOTA_EXHAUSTED -> "quota";
      case NOT_READY, NO_CAPACITY, UNAVAILABLE -> "unavailable";
      case DISCONNECTED -> "network";
      case TIMED_OUT -> "timeout";
      case MODEL_FAILED -> "model_error";
      case UNAUTHENTICATED, NOT_PERMITTED -> "auth";
      case MISCONFIGURED, UNSUPPORTED, REJECTED -> "validation";
      case LOCAL_SHORTAGE -> "local_shortage";
      case TOO_LONG -> "context_window";
      case FILTERED -> "content_filter";
      case CANCELLED -> "cancelled";
    };
  }
}
