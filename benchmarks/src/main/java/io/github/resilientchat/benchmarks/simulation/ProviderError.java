package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import java.util.Optional;

/** What the simulated servers answer instead of an answer, as Bedrock's classifier reads it. */
final class ProviderError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  static final ProviderError THROTTLED =
      new ProviderError(429, Failure.of(FailureKind.THROTTLED, "ThrottlingException"));
  static final ProviderError DAILY_QUOTA =
      new ProviderError(429, Failure.of(FailureKind.QUOTA_EXHAUSTED, "ThrottlingException"));
  static final ProviderError OUT_OF_CAPACITY =
      new ProviderError(503, Failure.of(FailureKind.NO_CAPACITY, "ServiceUnavailableException"));
  static final ProviderError BROKEN =
      new ProviderError(500, Failure.of(FailureKind.UNAVAILABLE, "InternalServerException"));

  /** 403 on the wire; LiteLLM maps an unrecognised client to 401. */
  static final ProviderError REVOKED =
      new ProviderError(
          401, Failure.of(FailureKind.UNAUTHENTICATED, "UnrecognizedClientException"));

  /** No answer at all; LiteLLM maps a connection error to 500. */
  static final ProviderError LOST =
      new ProviderError(500, Failure.of(FailureKind.DISCONNECTED, "ConnectionReset"));

  static final ProviderError TIMED_OUT =
      new ProviderError(408, Failure.of(FailureKind.TIMED_OUT, "TimeoutException"));

  static final FailureClassifier CLASSIFIER =
      error ->
          error instanceof ProviderError provider
              ? Optional.of(provider.failure)
              : Optional.empty();

  private final int status;
  private final transient Failure failure;

  private ProviderError(int status, Failure failure) {
    super(failure.code(), null, false, false);
    this.status = status;
    this.failure = failure;
  }

  int status() {
    return status;
  }

  Failure failure() {
    return failure;
  }
}
