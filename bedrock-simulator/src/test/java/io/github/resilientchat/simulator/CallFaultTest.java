package io.github.resilientchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;

class CallFaultTest {

  private static final Fault BUSY = Fault.httpError(503, "ServiceUnavailableException", "Busy");

  private final BedrockSimulator simulator = BedrockSimulator.builder().seed(3).start();
  private final BedrockRuntimeClient client = Sdk.sync(simulator);

  @AfterEach
  void close() {
    client.close();
    simulator.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400, ServiceQuotaExceededException",
    "403, AccessDeniedException",
    "404, ResourceNotFoundException",
    "408, ModelTimeoutException",
    "424, ModelErrorException",
    "429, ModelNotReadyException",
    "429, ThrottlingException",
    "500, InternalServerException",
    "503, ServiceUnavailableException"
  })
  void httpErrorBecomesTheTypedException(int status, String type) {
    simulator.fault(Fault.httpError(status, type, "Sorry."));
    assertThatThrownBy(() -> Sdk.ask(client, Sdk.NOVA))
        .isInstanceOfSatisfying(
            BedrockRuntimeException.class,
            e -> {
              assertThat(e.getClass().getSimpleName()).isEqualTo(type);
              assertThat(e.statusCode()).isEqualTo(status);
              assertThat(e.requestId()).isEqualTo(simulator.invocations().get(0).requestId());
            });
  }

  @Test
  void expiredTokenHasNoClassButItsCode() {
    simulator.fault(Fault.httpError(403, "ExpiredTokenException", "expired"));
    assertThatThrownBy(() -> Sdk.ask(client, Sdk.NOVA))
        .isInstanceOfSatisfying(
            BedrockRuntimeException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ExpiredTokenException"));
  }

  @Test
  void faultStrikesAsOftenAsItSays() {
    simulator.fault(BUSY.times(2));
    assertThat(outcomes(4)).containsExactly(503, 503, 200, 200);
  }

  @Test
  void faultOfOneAccountSparesTheOthers() {
    simulator.fault(BUSY.account("green"));
    try (var green = Sdk.sync(simulator, "green", "us-east-1")) {
      assertThatThrownBy(() -> Sdk.ask(green, Sdk.NOVA)).hasMessageContaining("Busy");
    }
    Sdk.ask(client, Sdk.NOVA);
  }

  @Test
  void faultOfOneRegionAndModelSparesTheOthers() {
    simulator.fault(BUSY.region("us-west-2").model(Sdk.NOVA));
    try (var west = Sdk.sync(simulator, "blue", "us-west-2")) {
      assertThatThrownBy(() -> Sdk.ask(west, Sdk.NOVA)).hasMessageContaining("Busy");
      Sdk.ask(west, Sdk.US_CLAUDE);
    }
    Sdk.ask(client, Sdk.NOVA);
  }

  @Test
  void streamFaultSparesConverse() {
    simulator.fault(Fault.emptyStream());
    simulator.fault(BUSY.streaming(true));
    Sdk.ask(client, Sdk.NOVA);
  }

  @Test
  void occasionalFaultRepeatsWithTheSeed() {
    simulator.fault(BUSY.probability(0.5));
    List<Integer> first = outcomes(30);
    assertThat(first).contains(200, 503);
    simulator.reset();
    simulator.fault(BUSY.probability(0.5));
    assertThat(outcomes(30)).isEqualTo(first);
  }

  @Test
  void clearedFaultStrikesNoMore() {
    simulator.fault(BUSY);
    simulator.clearFaults();
    assertThatCode(() -> Sdk.ask(client, Sdk.NOVA)).doesNotThrowAnyException();
  }

  @Test
  void resetFailsTheCallAsAConnectionError() {
    simulator.fault(Fault.reset());
    assertThatThrownBy(() -> Sdk.ask(client, Sdk.NOVA)).isInstanceOf(SdkClientException.class);
  }

  @Test
  void stalledBodyComesNeverToItsEnd() throws Exception {
    // A slow call would have no head by the limit, and the first of a JVM is slow.
    Sdk.ask(client, Sdk.NOVA);
    simulator.fault(Fault.stallBody());
    assertThatThrownBy(
            () ->
                client.converse(
                    request ->
                        request
                            .modelId(Sdk.NOVA)
                            .messages(Sdk.user("Hello"))
                            .overrideConfiguration(o -> o.apiCallTimeout(Duration.ofSeconds(6)))))
        .isInstanceOf(ApiCallTimeoutException.class);
    assertThat(simulator.awaitInvocations(2, Sdk.PATIENCE))
        .last()
        .extracting(Invocation::status, Invocation::outcome, Invocation::detail)
        .containsExactly(200, Invocation.Outcome.CANCELLED, "STALL_BODY");
  }

  @Test
  void latencyDelaysTheAnswer() {
    simulator.fault(Fault.latency(Duration.ofMillis(120)));
    Sdk.ask(client, Sdk.NOVA);
    Invocation invocation = simulator.invocations().get(0);
    assertThat(invocation.detail()).isEqualTo("LATENCY");
    assertThat(invocation.outcome()).isEqualTo(Invocation.Outcome.SERVED);
  }

  @Test
  void latencyIsReportedByTheAnswer() {
    simulator.fault(Fault.latency(Duration.ofMillis(120)));
    assertThat(Sdk.ask(client, Sdk.NOVA).metrics().latencyMs()).isGreaterThanOrEqualTo(100);
  }

  @Test
  void senselessFaultsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.httpError(200, "X", "x"));
    assertThatIllegalArgumentException().isThrownBy(() -> BUSY.times(0));
    assertThatIllegalArgumentException().isThrownBy(() -> BUSY.probability(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.stall(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.stall(1).streaming(false));
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.stallBody().streaming(true));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.hang().retryAfter(Duration.ofSeconds(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> BUSY.account("Not A Name"));
  }

  private List<Integer> outcomes(int calls) {
    List<Integer> outcomes = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      try {
        Sdk.ask(client, Sdk.NOVA);
        outcomes.add(200);
      } catch (BedrockRuntimeException e) {
        outcomes.add(e.statusCode());
      }
    }
    return outcomes;
  }
}
