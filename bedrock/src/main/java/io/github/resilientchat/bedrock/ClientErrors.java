package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What it means that no answer of the service came through. */
final class ClientErrors {

  // By name, as each HTTP client of the SDK has its own and not all need be on the class path.
  private static final Set<String> NO_CONNECTION =
      Set.of(
          "ConnectTimeoutException",
          "HttpHostConnectException",
          "ConnectionRequestTimeoutException");
  private static final Set<String> SILENCE =
      Set.of("ReadTimeoutException", "WriteTimeoutException");

  private ClientErrors() {}

  /** What the first telling cause says; empty for what is neither the SDK's nor about transport. */
  static Optional<Failure> failureOf(List<Throwable> causes) {
    return causes.stream()
        .map(ClientErrors::kindOf)
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> unknownTransport(causes));
  }

  private static Optional<Failure> unknownTransport(List<Throwable> causes) {
    boolean transport =
        causes.stream()
            .anyMatch(
                cause ->
                    cause instanceof UnreadableStreamException
                        || cause instanceof SdkClientException
                            && text(cause).startsWith("unable to execute http request"));
    Throwable deepest = causes.get(causes.size() - 1);
    return transport
        ? Optional.of(Failure.of(FailureKind.UNAVAILABLE, deepest.getClass().getSimpleName()))
        : Optional.empty();
  }

  private static Optional<Failure> kindOf(Throwable cause) {
    String name = cause.getClass().getSimpleName();
    if (cause instanceof ApiCallTimeoutException
        || cause instanceof ApiCallAttemptTimeoutException
        || SILENCE.contains(name)) {
      return Optional.of(Failure.of(FailureKind.TIMED_OUT, name));
    }
    if (NO_CONNECTION.contains(name) || isAcquireTimeout(cause)) {
      return Optional.of(Failure.of(FailureKind.UNAVAILABLE, name));
    }
    if (cause instanceof AbortedException
        || cause instanceof InterruptedException
        || cause instanceof CancellationException) {
      return Optional.of(Failure.of(FailureKind.CANCELLED, name));
    }
    if (cause instanceof SdkClientException) {
      return isAboutCredentials(cause)
          ? Optional.of(Failure.of(FailureKind.NOT_PERMITTED, "CredentialsUnavailable"))
          : Optional.empty();
    }
    return cause instanceof IOException io ? Optional.of(transport(io, name)) : Optional.empty();
  }

  private static Failure transport(IOException error, String name) {
    if (error instanceof SocketTimeoutException) {
      return Failure.of(FailureKind.TIMED_OUT, name);
    }
    if (error instanceof InterruptedIOException) {
      return Failure.of(FailureKind.CANCELLED, name);
    }
    return Failure.of(FailureKind.UNAVAILABLE, name);
  }

  private static boolean isAcquireTimeout(Throwable cause) {
    return cause instanceof TimeoutException && text(cause).contains("acquire");
  }

  private static boolean isAboutCredentials(Throwable cause) {
    return text(cause).contains("unable to load credentials")
        || text(cause).contains("profile file contained no credentials");
  }

  private static String text(Throwable cause) {
    return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
  }
}
