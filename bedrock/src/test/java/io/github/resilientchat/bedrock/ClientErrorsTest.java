package io.github.resilientchat.bedrock;

import static io.github.resilientchat.core.failure.FailureKind.CANCELLED;
import static io.github.resilientchat.core.failure.FailureKind.MODEL_FAILED;
import static io.github.resilientchat.core.failure.FailureKind.NOT_PERMITTED;
import static io.github.resilientchat.core.failure.FailureKind.TIMED_OUT;
import static io.github.resilientchat.core.failure.FailureKind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.simulator.Fault;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
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
  void resetConnectionIsUnavailable(Protocol protocol) {
    with(protocol, Simulated.PATIENCE);
    simulated.bedrock.fault(Fault.reset());
    assertThat(kindOf(catchThrowable(simulated::ask))).isEqualTo(UNAVAILABLE);
    assertThat(kindOf(simulated.stream().failureToldOnce())).isEqualTo(UNAVAILABLE);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void streamThatBreaksOffIsUnavailableOrCutShort(Protocol protocol) {
    with(protocol, Simulated.PATIENCE);
    for (Fault fault : new Fault[] {Fault.streamReset(3), Fault.badChecksum(3), Fault.cut(3)}) {
      simulated.bedrock.reset();
      simulated.bedrock.fault(fault);
      assertThat(kindOf(simulated.stream().failureToldOnce()))
          .as(fault.toString())
          .isIn(UNAVAILABLE, MODEL_FAILED);
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
  void missingCredentialsAreTheAccountsFault() {
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
    Failure expected = Failure.of(NOT_PERMITTED, "CredentialsUnavailable");
    assertThat(CLASSIFIER.classify(blocking)).contains(expected);
    assertThat(CLASSIFIER.classify(streaming)).contains(expected);
  }

  @Test
  void causesOfTheSdkAreReadWhereTheSimulatorCannotBringThemAbout() {
    assertThat(kindOf(SdkClientException.create("x", new UnknownHostException("h"))))
        .isEqualTo(UNAVAILABLE);
    assertThat(kindOf(SdkClientException.create("x", new SocketException("reset"))))
        .isEqualTo(UNAVAILABLE);
    assertThat(
            kindOf(
                SdkClientException.create(
                    "Unable to execute HTTP request: odd", new IllegalStateException("odd"))))
        .isEqualTo(UNAVAILABLE);
    assertThat(kindOf(SdkClientException.create("Unable to load credentials from any provider")))
        .isEqualTo(NOT_PERMITTED);
    assertThat(kindOf(AbortedException.create("x", new InterruptedException())))
        .isEqualTo(CANCELLED);
  }

  @Test
  void strangersAreLeftToOthers() {
    assertThat(new BedrockFailures().classify(new IllegalStateException("mine")))
        .isEqualTo(Optional.empty());
  }
}
