package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.ExceptionRule.thrown;
import static io.github.resilientchat.core.failure.FailureKind.CANCELLED;
import static io.github.resilientchat.core.failure.FailureKind.DISCONNECTED;
import static io.github.resilientchat.core.failure.FailureKind.LOCAL_SHORTAGE;
import static io.github.resilientchat.core.failure.FailureKind.MODEL_FAILED;
import static io.github.resilientchat.core.failure.FailureKind.TIMED_OUT;
import static io.github.resilientchat.core.failure.FailureKind.UNAUTHENTICATED;
import static io.github.resilientchat.core.failure.FailureKind.UNAVAILABLE;

import io.github.resilientchat.core.failure.Failure;
import java.util.List;
import java.util.Optional;

/** What it means that no answer of the service came through. */
final class ClientErrors {

  private static final String MORE_CONNECTIONS =
      "raise the open calls of BedrockClients (maxConcurrency), or the connections of your own HTTP"
          + " client";

  /**
   * The first line holds that fits an exception of the chain, however deep it is: a client hides
   * what matters beneath a plain IOException, and the service's own failure at times beneath a
   * shortage of ours.
   */
  static final List<ExceptionRule> TABLE =
      List.of(
          thrown(
                  Meaning.of(CANCELLED, "the clients were closed while the call was under way"),
                  "IllegalStateException",
                  "IOException",
                  "RejectedExecutionException")
              .saying(
                  "these clients are closed",
                  RoleSession.CLOSED,
                  "connection pool shut down",
                  "channel pool is closed",
                  "channel pool was closed",
                  "connection pool was closed",
                  "event executor terminated",
                  "[shutting down",
                  "[terminated")
              .code("ClientClosed"),
          thrown(
              Meaning.of(LOCAL_SHORTAGE, MORE_CONNECTIONS),
              "ConnectionRequestTimeoutException",
              "ConnectionPoolTimeoutException"),
          thrown(Meaning.of(LOCAL_SHORTAGE, MORE_CONNECTIONS))
              .saying(
                  "timeout waiting for connection from pool",
                  "acquire operation took longer",
                  "maximum pending connection acquisitions",
                  "too many outstanding acquire operations",
                  "connection manager failed to acquire a connection",
                  "max pending acquisitions reached")
              .code("ConnectionPoolExhausted"),
          thrown(
                  Meaning.of(
                      LOCAL_SHORTAGE,
                      "this process is out of sockets or files: raise its limits or lower the open"
                          + " calls"))
              .saying(
                  "too many open files",
                  "cannot assign requested address",
                  "can't assign requested address",
                  "no buffer space available")
              .code("NoSockets"),
          thrown(
              Meaning.of(LOCAL_SHORTAGE, "give this process more memory or threads"),
              "OutOfMemoryError",
              "OutOfDirectMemoryError",
              "RejectedExecutionException"),
          thrown(
                  Meaning.of(
                      UNAUTHENTICATED,
                      "check where resilient.accounts.<name> gets its credentials from"),
                  "CredentialsUnavailableException")
              .code("CredentialsUnavailable"),
          thrown(
                  Meaning.of(
                      UNAUTHENTICATED,
                      "check where resilient.accounts.<name> gets its credentials from"),
                  "SdkClientException")
              .saying("unable to load credentials", "profile file contained no credentials")
              .code("CredentialsUnavailable"),
          thrown(
              Meaning.of(
                  UNAVAILABLE,
                  "check the certificate of the endpoint, this machine's trust store, and proxies"),
              "SSLHandshakeException",
              "SSLPeerUnverifiedException",
              "CertificateException"),
          thrown(
              Meaning.of(UNAVAILABLE),
              "ConnectTimeoutException",
              "ConnectException",
              "NoRouteToHostException",
              "UnknownHostException",
              "UnresolvedAddressException",
              "NoHandshakeException"),
          thrown(
                  Meaning.of(
                      UNAVAILABLE,
                      "the endpoint or a proxy speaks no HTTP/2: set the protocol of BedrockClients to"
                          + " HTTP/1.1"),
                  "UnsupportedOperationException")
              .saying("does not support alpn")
              .code("NoHttp2"),
          thrown(
              Meaning.of(TIMED_OUT),
              "ApiCallTimeoutException",
              "ApiCallAttemptTimeoutException",
              "SocketTimeoutException",
              "ReadTimeoutException",
              "WriteTimeoutException"),
          thrown(
              Meaning.of(CANCELLED),
              "AbortedException",
              "InterruptedException",
              "InterruptedIOException",
              "CancellationException"),
          thrown(
              Meaning.of(DISCONNECTED),
              "NoHttpResponseException",
              "ConnectionClosedException",
              "TruncatedChunkException",
              "EOFException",
              "ClosedChannelException",
              "PrematureChannelClosureException",
              "GoAwayException",
              "Http2ConnectionTerminatingException",
              "Http2ResetException",
              "PingFailedException",
              "SSLException",
              "SocketException"),
          thrown(Meaning.of(DISCONNECTED), "IOException")
              .saying(
                  "connection reset",
                  "connection was closed",
                  "connection closed",
                  "channel was closed",
                  "broken pipe",
                  "an established connection was aborted",
                  "premature end",
                  "failed to complete the response",
                  "but only received")
              .code("Disconnected"),
          thrown(
                  Meaning.of(MODEL_FAILED),
                  "UnreadableAnswerException",
                  "UnreadableStreamException",
                  "JsonProcessingException")
              .code("UnreadableAnswer"),
          thrown(Meaning.of(MODEL_FAILED), "SdkClientException")
              .saying("unable to unmarshall")
              .code("UnreadableAnswer"),
          thrown(Meaning.of(UNAVAILABLE), "IOException", "HttpException", "Http2Exception"),
          thrown(Meaning.of(UNAVAILABLE), "SdkClientException")
              .saying("unable to execute http request"));

  private ClientErrors() {}

  /** Empty for what is neither the SDK's nor about transport. */
  static Optional<Failure> failureOf(List<Throwable> causes) {
    return TABLE.stream().flatMap(rule -> failure(rule, causes).stream()).findFirst();
  }

  private static Optional<Failure> failure(ExceptionRule rule, List<Throwable> causes) {
    return causes.stream()
        .filter(rule::fits)
        .findFirst()
        .map(cause -> rule.means().failure(rule.codeOf(cause)));
  }
}
