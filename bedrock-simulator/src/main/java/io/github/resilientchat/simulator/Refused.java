package io.github.resilientchat.simulator;

/** Carries an {@link ApiError} out of the checks of a request; has no stack trace. */
final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ApiError error;

  Refused(ApiError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  ApiError error() {
    return error;
  }
}
