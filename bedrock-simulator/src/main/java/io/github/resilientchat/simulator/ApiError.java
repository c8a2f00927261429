package io.github.resilientchat.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An error as Bedrock puts it on the wire; the texts are those of the real service. */
record ApiError(int status, String type, String message, @Nullable Duration retryAfter) {

  static ApiError of(int status, String type, String message) {
    return new ApiError(status, type, message, null);
  }

  static ApiError validation(String message) {
    return of(400, "ValidationException", message);
  }

  static ApiError tooLarge(int most) {
    return of(
        413,
        "RequestEntityTooLargeException",
        "The request body is larger than " + most + " bytes.");
  }

  static ApiError invalidModel() {
    return validation("The provided model identifier is invalid.");
  }

  static ApiError profileNeeded(String modelId) {
    // The apostrophe is the typographic one, as in the answer of the real service.
    return validation(
        "Invocation of model ID "
            + modelId
            + " with on-demand throughput isn\u2019t supported. Retry your request with the ID or"
            + " ARN of an inference profile that contains this model.");
  }

  static ApiError unknownCaller() {
    return of(
        403,
        "UnrecognizedClientException",
        "The security token included in the request is invalid.");
  }

  static ApiError expiredToken() {
    return of(
        403, "ExpiredTokenException", "The security token included in the request is expired");
  }

  static ApiError denied(String arn, String action, String resource) {
    return of(
        403,
        "AccessDeniedException",
        "User: %s is not authorized to perform: %s on resource: %s with an explicit deny in an identity-based policy"
            .formatted(arn, action, resource));
  }

  static ApiError throttled(String what) {
    return of(
        429, "ThrottlingException", "Too many " + what + ", please wait before trying again.");
  }
}
