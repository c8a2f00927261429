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
import java.util.function.Function;
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

  /** Empty for what is neither the SDK's nor about transport. */
  static Optional<Failure> failureOf(List<Throwable> causes) {
    // The Netty client hides its read timeout beneath a plain IOException, so that one comes last.
    return first(causes, ClientErrors::told)
        .or(() -> first(causes, ClientErrors::transport))
        .or(() -> unknownTransport(causes));
  }

  private static Optional<Failure> first(
      List<Throwable> causes, Function<Throwable, Optional<Failure>> rule) {
    return causes.stream().map(rule).flatMap(Optional::stream).findFirst();
  }

  private static Optional<Failure> told(Throwable cause) {
    String name = cause.getClass().getSimpleName();
    if (NO_CONNECTION.contains(name) || isAcquireTimeout(cause)) {
      return Optional.of(Failure.of(FailureKind.UNAVAILABLE, name));
    }
    if (cause instanceof ApiCallTimeoutException
        || cause instanceof ApiCallAttemptTimeoutException
        || cause instanceof SocketTimeoutException
        || SILENCE.contains(name)) {
      return Optional.of(Failure.of(FailureKind.TIMED_OUT, name));
    }
    if (cause instanceof AbortedException
        || cause instanceof InterruptedException
        || cause instanceof InterruptedIOException
        || cause instanceof CancellationException) {
      return Optional.of(Failure.of(FailureKind.CANCELLED, name));
    }
    return cause instanceof SdkClientException && isAboutCredentials(cause)
        ? Optional.of(Failure.of(FailureKind.NOT_PERMITTED, "CredentialsUnavailable"))
        : Optional.empty();
  }

  private static Optional<Failure> transport(Throwable cause) {
    return cause instanceof IOException
        ? Optional.of(Failure.of(FailureKind.UNAVAILABLE, cause.getClass().getSimpleName()))
        : Optional.empty();
  }

  private static Optional<Failure> unknownTransport(List<Throwable> causes) {
    Throwable deepest = causes.get(causes.size() - 1);
    return causes.stream().anyMatch(ClientErrors::isTransport)
        ? Optional.of(Failure.of(FailureKind.UNAVAILABLE, deepest.getClass().getSimpleName()))
        : Optional.empty();
  }

  private static boolean isTransport(Throwable cause) {
    return cause instanceof UnreadableStreamException
        || cause instanceof SdkClientException
            && text(cause).startsWith("unable to execute http request");
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
