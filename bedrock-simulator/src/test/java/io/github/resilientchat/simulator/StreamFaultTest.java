package io.github.resilientchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.simulator.Invocation.Outcome;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

class StreamFaultTest {

  private static final BedrockSimulator SIMULATOR = BedrockSimulator.start();

  @BeforeEach
  void answer() {
    SIMULATOR.answer(call -> Answer.text("one two three").withUsage(Usage.of(5, 30)));
  }

  @AfterEach
  void reset() {
    SIMULATOR.reset();
  }

  @AfterAll
  static void close() {
    SIMULATOR.close();
  }

  @ParameterizedTest
  @CsvSource({
    "throttlingException, 429",
    "modelStreamErrorException, 424",
    "serviceUnavailableException, 503",
    "internalServerException, 500",
    "validationException, 400"
  })
  void exceptionInTheStreamIsTyped(String type, int status) throws Exception {
    for (Protocol protocol : Protocol.values()) {
      SIMULATOR.reset();
      SIMULATOR.fault(Fault.streamException(2, type, "Sorry."));
      try (var client = client(protocol)) {
        var stream = Sdk.stream(client, Sdk.NOVA);
        assertThat(stream.failure())
            .isInstanceOfSatisfying(
                BedrockRuntimeException.class,
                e -> {
                  assertThat(e.getClass().getSimpleName()).isEqualToIgnoringCase(type);
                  assertThat(e.statusCode()).isEqualTo(status);
                  assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("Sorry.");
                });
        assertThat(stream.types()).isEqualTo("messageStart contentBlockDelta");
      }
      assertThat(only().outcome()).isEqualTo(Outcome.FAULTED);
      assertThat(only().framesSent()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void exceptionMayBeTheFirstFrame(Protocol protocol) throws Exception {
    SIMULATOR.fault(Fault.streamException(0, "throttlingException", "Too many tokens."));
    try (var client = client(protocol)) {
      var stream = Sdk.stream(client, Sdk.NOVA);
      assertThat(stream.failure()).isInstanceOf(ThrottlingException.class);
      assertThat(stream.events).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void unmodelledErrorEndsTheStream(Protocol protocol) throws Exception {
    SIMULATOR.fault(Fault.streamError(1, "InternalFailure", "Sorry."));
    try (var client = client(protocol)) {
      assertThat(Sdk.stream(client, Sdk.NOVA).failure())
          .isInstanceOf(BedrockRuntimeException.class)
          .hasMessageContaining("Sorry.");
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void truncatedStreamEndsLikeACompleteOne(Protocol protocol) throws Exception {
    SIMULATOR.fault(Fault.truncate(2));
    try (var client = client(protocol)) {
      var stream = Sdk.stream(client, Sdk.NOVA).await();
      assertThat(stream.types()).isEqualTo("messageStart contentBlockDelta");
    }
    assertThat(only().detail()).isEqualTo("TRUNCATE");
    assertThat(only().outputTokens()).isBetween(1L, 29L);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void emptyStreamHasNoEvents(Protocol protocol) throws Exception {
    SIMULATOR.fault(Fault.emptyStream());
    try (var client = client(protocol)) {
      assertThat(Sdk.stream(client, Sdk.NOVA).await().events).isEmpty();
    }
    assertThat(only().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void cutStreamNeverReachesItsEnd(Protocol protocol) throws Exception {
    SIMULATOR.fault(Fault.cut(2));
    try (var client = client(protocol)) {
      var stream = Sdk.stream(client, Sdk.NOVA);
      // The SDK takes both a closed connection and a reset HTTP/2 stream for a normal end.
      stream.await();
      assertThat(stream.types()).doesNotContain("messageStop");
    }
    assertThat(only().outcome()).isEqualTo(Outcome.FAULTED);
    SIMULATOR.awaitIdle(Sdk.PATIENCE);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void resetInMidStreamFailsTheCall(Protocol protocol) throws Exception {
    SIMULATOR.fault(Fault.streamReset(2));
    try (var client = client(protocol)) {
      assertThat(Sdk.stream(client, Sdk.NOVA).failure()).isInstanceOf(SdkClientException.class);
    }
    SIMULATOR.awaitIdle(Sdk.PATIENCE);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void resetBeforeTheHeadersFailsTheCall(Protocol protocol) throws Exception {
    SIMULATOR.fault(Fault.reset());
    try (var client = client(protocol)) {
      assertThat(Sdk.stream(client, Sdk.NOVA).failure()).isInstanceOf(SdkClientException.class);
    }
    assertThat(only().status()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void badChecksumFailsTheCall(Protocol protocol) throws Exception {
    SIMULATOR.fault(Fault.badChecksum(2));
    try (var client = client(protocol)) {
      var stream = Sdk.stream(client, Sdk.NOVA);
      assertThat(stream.failure()).hasStackTraceContaining("checksum");
      assertThat(stream.events).hasSizeLessThanOrEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void slowFirstTokenFollowsEarlyHeaders(Protocol protocol) throws Exception {
    SIMULATOR.fault(Fault.slowFirstToken(Duration.ofDays(1)));
    try (var client = client(protocol)) {
      var stream = Sdk.stream(client, Sdk.NOVA);
      stream.responded.get(Sdk.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(stream.events).isEmpty();
      stream.done.cancel(true);
      assertThat(only().framesSent()).isZero();
      assertThat(only().outcome()).isEqualTo(Outcome.CANCELLED);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void hangingCallEndsWhenTheClientGoesAway(Protocol protocol) throws Exception {
    SIMULATOR.fault(Fault.hang());
    try (var client = client(protocol)) {
      var stream = Sdk.stream(client, Sdk.NOVA);
      SIMULATOR.awaitOpen(1, Sdk.PATIENCE);
      stream.done.cancel(true);
      assertThat(only().outcome()).isEqualTo(Outcome.CANCELLED);
      assertThat(only().detail()).isEqualTo("HANG");
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void httpErrorPrecedesTheStream(Protocol protocol) throws Exception {
    SIMULATOR.fault(
        Fault.httpError(529, "OverloadedException", "Overloaded")
            .retryAfter(Duration.ofSeconds(3)));
    try (var client = client(protocol)) {
      assertThat(Sdk.stream(client, Sdk.NOVA).failure())
          .isInstanceOfSatisfying(
              BedrockRuntimeException.class,
              e -> {
                assertThat(e.statusCode()).isEqualTo(529);
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("OverloadedException");
                assertThat(e.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("Retry-After"))
                    .hasValue("3");
              });
    }
  }

  private static Invocation only() throws Exception {
    return SIMULATOR.awaitInvocations(1, Sdk.PATIENCE).get(0);
  }

  private static BedrockRuntimeAsyncClient client(Protocol protocol) {
    return Sdk.async(SIMULATOR, protocol);
  }
}
