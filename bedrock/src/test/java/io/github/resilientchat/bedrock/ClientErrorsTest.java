package io.github.resilientchat.bedrock;

import static io.github.resilientchat.core.failure.FailureKind.CANCELLED;
import static io.github.resilientchat.core.failure.FailureKind.DISCONNECTED;
import static io.github.resilientchat.core.failure.FailureKind.LOCAL_SHORTAGE;
import static io.github.resilientchat.core.failure.FailureKind.MODEL_FAILED;
import static io.github.resilientchat.core.failure.FailureKind.TIMED_OUT;
import static io.github.resilientchat.core.failure.FailureKind.UNAUTHENTICATED;
import static io.github.resilientchat.core.failure.FailureKind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.simulator.Fault;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.Protocol;

class ClientErrorsTest {

  private static final FailureClassifier CLASSIFIER = FailureClassifier.discovered();

  private Simulated simulated = Simulated.start();

  @AfterEach
  void stop() {
    simulated.close();
  }

  private void with(Protocol protocol, Duration readTimeout) {
    simulated.close();
    simulated =
        Simulated.with(
            builder ->
                builder
                    .protocol(protocol == Protocol.HTTP1_1 ? protocol : null)
                    .readTimeout(readTimeout));
  }

  private static FailureKind kindOf(Throwable error) {
    return CLASSIFIER.classify(error).map(Failure::kind).orElseThrow();
  }

  @Test
  void refusedConnectionIsUnavailable() {
    BedrockAccount nobody = simulated.account.withEndpoint(URI.create("http://127.0.0.1:1"));
    Throwable blocking =
        catchThrowable(
            () ->
                simulated.clients.client(nobody, Simulated.REGION).converse(Simulated.question()));
    Throwable streaming =
        RecordedStream.of(simulated.clients.asyncClient(nobody, Simulated.REGION))
            .failureToldOnce();
    for (Throwable error : new Throwable[] {blocking, streaming}) {
      Failure failure = CLASSIFIER.classify(error).orElseThrow();
      assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
      assertThat(failure.code()).endsWith("Exception");
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void lostConnectionIsOneOfItsOwnKind(Protocol protocol) {
    with(protocol, Simulated.PATIENCE);
    simulated.bedrock.fault(Fault.reset());
    assertThat(kindOf(catchThrowable(simulated::ask))).isEqualTo(DISCONNECTED);
    assertThat(kindOf(simulated.stream().failureToldOnce())).isEqualTo(DISCONNECTED);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void streamThatBreaksOffIsDisconnectedOrCutShort(Protocol protocol) {
    with(protocol, Simulated.PATIENCE);
    for (Fault fault : new Fault[] {Fault.streamReset(3), Fault.badChecksum(3), Fault.cut(3)}) {
      simulated.bedrock.reset();
      simulated.bedrock.fault(fault);
      assertThat(kindOf(simulated.stream().failureToldOnce()))
          .as(fault.toString())
          .isIn(DISCONNECTED, MODEL_FAILED);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void silenceIsATimeout(Protocol protocol) {
    with(protocol, Duration.ofMillis(300));
    simulated.bedrock.fault(Fault.hang());
    assertThat(kindOf(catchThrowable(simulated::ask))).isEqualTo(TIMED_OUT);
    assertThat(kindOf(simulated.stream().failureToldOnce())).isEqualTo(TIMED_OUT);
    simulated.bedrock.clearFaults();
    simulated.bedrock.fault(Fault.stall(3));
    assertThat(kindOf(simulated.stream().failureToldOnce())).isEqualTo(TIMED_OUT);
  }

  @Test
  void missingCredentialsAreNoWordOfTheService() {
    AwsCredentialsProvider nothing =
        () -> {
          throw SdkClientException.create("no provider knew any");
        };
    BedrockAccount account =
        BedrockAccount.of("blue", nothing).withEndpoint(simulated.bedrock.endpoint());
    Throwable blocking =
        catchThrowable(
            () ->
                simulated.clients.client(account, Simulated.REGION).converse(Simulated.question()));
    Throwable streaming =
        RecordedStream.of(simulated.clients.asyncClient(account, Simulated.REGION))
            .failureToldOnce();
    assertThat(blocking)
        .hasStackTraceContaining("account blue")
        .hasStackTraceContaining("no provider");
    for (Throwable error : new Throwable[] {blocking, streaming}) {
      Failure failure = CLASSIFIER.classify(error).orElseThrow();
      assertThat(failure).hasToString("UNAUTHENTICATED (CredentialsUnavailable)");
      assertThat(failure.advice()).contains("resilient.accounts.<name>");
    }
  }

  @Test
  void causesOfTheSdkAreReadWhereTheSimulatorCannotBringThemAbout() {
    assertThat(kindOf(sdk(new UnknownHostException("h")))).isEqualTo(UNAVAILABLE);
    assertThat(kindOf(sdk(new SSLHandshakeException("certificate")))).isEqualTo(UNAVAILABLE);
    assertThat(kindOf(sdk(new SocketException("Connection reset")))).isEqualTo(DISCONNECTED);
    assertThat(kindOf(sdk(new IOException("The channel was closed. By whom?"))))
        .isEqualTo(DISCONNECTED);
    assertThat(
            kindOf(
                SdkClientException.create(
                    "Unable to execute HTTP request: odd", new IllegalStateException("odd"))))
        .isEqualTo(UNAVAILABLE);
    assertThat(kindOf(SdkClientException.create("Unable to load credentials from any provider")))
        .isEqualTo(UNAUTHENTICATED);
    assertThat(kindOf(AbortedException.create("x", new InterruptedException())))
        .isEqualTo(CANCELLED);
  }

  @Test
  void whatIsShortHereIsNotTheServices() {
    assertThat(kindOf(sdk(new RejectedExecutionException("all threads are busy"))))
        .isEqualTo(LOCAL_SHORTAGE);
    assertThat(kindOf(sdk(new OutOfMemoryError("unable to create native thread"))))
        .isEqualTo(LOCAL_SHORTAGE);
    assertThat(kindOf(sdk(new SocketException("Too many open files")))).isEqualTo(LOCAL_SHORTAGE);
    assertThat(
            kindOf(
                new CredentialsUnavailableException(
                    "blue",
                    new IllegalStateException(new IOException("error=24, Too many open files")))))
        .isEqualTo(LOCAL_SHORTAGE);
  }

  /** As Apache's HttpClient 4 has it, whose connect timeout is one of the way to the service. */
  private static class ConnectTimeoutException extends InterruptedIOException {
    private static final long serialVersionUID = 1L;

    ConnectTimeoutException(String message) {
      super(message);
    }
  }

  private static final class ConnectionPoolTimeoutException extends ConnectTimeoutException {
    private static final long serialVersionUID = 1L;

    ConnectionPoolTimeoutException(String message) {
      super(message);
    }
  }

  @Test
  void poolOfAnApplicationsOwnClientIsNotTheServices() {
    assertThat(kindOf(sdk(new ConnectionPoolTimeoutException("busy")))).isEqualTo(LOCAL_SHORTAGE);
    assertThat(kindOf(sdk(new ConnectTimeoutException("Connect timed out"))))
        .isEqualTo(UNAVAILABLE);
    assertThat(
            kindOf(
                SdkClientException.create(
                    "Unable to execute HTTP request: Timeout waiting for connection from pool")))
        .isEqualTo(LOCAL_SHORTAGE);
    assertThat(
            kindOf(
                sdk(
                    new IOException(
                        "Connection Manager failed to acquire a connection within the defined"
                            + " timeout."))))
        .isEqualTo(LOCAL_SHORTAGE);
  }

  @Test
  void whatIsClosedHereIsCancelled() {
    assertThat(kindOf(sdk(new IllegalStateException("Connection pool shut down"))))
        .isEqualTo(CANCELLED);
    assertThat(kindOf(sdk(new RejectedExecutionException("event executor terminated"))))
        .isEqualTo(CANCELLED);
  }

  private static SdkClientException sdk(Throwable cause) {
    return SdkClientException.create("Unable to execute HTTP request: x", cause);
  }

  @Test
  void strangersAreLeftToOthers() {
    assertThat(new BedrockFailures().classify(new IllegalStateException("mine")))
        .isEqualTo(Optional.empty());
  }
}
