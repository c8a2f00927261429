package io.github.resilientchat.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.simulator.Fault;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;

/** One observation per call, around those that the models make for each attempt. */
@ExtendWith(SharedSimulation.class)
class CallObservationTest {

  private static final Duration AT_MOST = Duration.ofSeconds(30);

  /** messageStart and the first word. */
  private static final int AFTER_A_WORD = 2;

  private final TestObservationRegistry observations = TestObservationRegistry.create();
  private final List<String> ended = new CopyOnWriteArrayList<>();
  private final List<String> attemptEnds = new CopyOnWriteArrayList<>();
  private final Semaphore endings = new Semaphore(0);
  private Simulated simulated;
  private ChatClient client;

  @BeforeEach
  void start(Simulated shared) {
    simulated = shared;
    observations.observationConfig().observationHandler(new Endings());
    ResilientChatModel model =
        ResilientChatModel.builder()
            .target(Simulated.PRIMARY, observed(Simulated.PRIMARY.model()))
            .fallback(Simulated.FALLBACK, observed(Simulated.FALLBACK.model()))
            .observationRegistry(observations)
            .build();
    client = ChatClient.builder(model, observations, null, null).build();
  }

  @Test
  void eachAttemptOfACallIsAChildOfTheCall() throws InterruptedException {
    simulated.primaryFails(503, "ServiceUnavailableException");

    client.prompt("hello").call().content();

    assertNested();
  }

  @Test
  void eachAttemptOfAStreamIsAChildOfTheCall() throws InterruptedException {
    simulated.primaryFails(503, "ServiceUnavailableException");

    client.prompt("hello").stream().content().collectList().block(AT_MOST);

    // A stream's observations stop after its last signal.
    assertNested();
  }

  @Test
  void attemptsOfAStreamEndBeforeTheirCallAndOnNoThreadOfAClient() throws InterruptedException {
    simulated.primaryFails(503, "ServiceUnavailableException");

    client.prompt("hello").stream().content().collectList().block(AT_MOST);

    assertThat(endings.tryAcquire(7, 30, TimeUnit.SECONDS)).isTrue();
    assertThat(ended.indexOf("resilient.attempt<-resilient.chat"))
        .isLessThan(ended.indexOf("resilient.chat<-spring.ai.advisor"));
    assertThat(attemptEnds)
        .hasSize(2)
        .noneMatch(thread -> thread.startsWith("resilient-bedrock") || thread.contains("aws-"));
  }

  @Test
  void failedCallSaysSo() {
    simulated.bedrock.fault(Fault.httpError(503, "ServiceUnavailableException", "injected"));

    assertThatThrownBy(() -> client.prompt("hello").call().content())
        .isInstanceOf(NoTargetAvailableException.class);
    assertOutcome("failed");
  }

  @Test
  void traceSaysWhoAnsweredAndWhyTheCallMovedInCodes() {
    simulated.primaryFails(503, "ServiceUnavailableException");

    client.prompt("hello").call().content();

    TestObservationRegistryAssert.assertThat(observations)
        .hasObservationWithNameEqualTo("resilient.chat")
        .that()
        .hasHighCardinalityKeyValue("resilient.target", Simulated.FALLBACK.name())
        .hasHighCardinalityKeyValue("resilient.attempts", "2");
  }

  @Test
  void attemptSaysWhereHowItEndedAndWhatTheOneBeforeFailedWith() {
    simulated.primaryFails(503, "ServiceUnavailableException");

    client.prompt("hello").call().content();

    TestObservationRegistryAssert.assertThat(observations)
        .hasAnObservation(
            attempt ->
                attempt
                    .hasNameEqualTo("resilient.attempt")
                    .hasLowCardinalityKeyValue("target", Simulated.PRIMARY.name())
                    .hasLowCardinalityKeyValue("outcome", "failed")
                    .doesNotHaveHighCardinalityKeyValueWithKey("resilient.reason"))
        .hasAnObservation(
            attempt ->
                attempt
                    .hasNameEqualTo("resilient.attempt")
                    .hasLowCardinalityKeyValue("target", Simulated.FALLBACK.name())
                    .hasLowCardinalityKeyValue("outcome", "answered")
                    .hasHighCardinalityKeyValueWithKey("resilient.wait")
                    .hasHighCardinalityKeyValueWithKey("resilient.reason"));
  }

  @Test
  void traceOfAFailureHoldsNoProvidersText() {
    simulated.bedrock.fault(
        Fault.httpError(503, "ServiceUnavailableException", "the provider quotes: hello"));

    assertThatThrownBy(() -> client.prompt("hello").call().content())
        .isInstanceOf(NoTargetAvailableException.class);

    TestObservationRegistryAssert.assertThat(observations)
        .hasObservationWithNameEqualTo("resilient.chat")
        .that()
        .satisfies(
            context -> {
              Throwable error = context.getError();
              assertThat(error).hasNoCause().hasMessageNotContaining("provider quotes");
              assertThat(error).hasMessageContaining("NoTargetAvailableException after ");
              assertThat(error.getStackTrace()).isEmpty();
            });
  }

  @Test
  void callerWhoLeavesAStreamIsACancelledCall() throws InterruptedException {
    // Nobody can be so slow to leave that the answer is whole by then.
    simulated.bedrock.fault(Fault.stall(AFTER_A_WORD));

    client.prompt("hello").stream().content().take(1).blockLast(AT_MOST);

    assertThat(endings.tryAcquire(5, 30, TimeUnit.SECONDS)).isTrue();
    assertOutcome("cancelled");
    await()
        .atMost(AT_MOST)
        .untilAsserted(
            () ->
                TestObservationRegistryAssert.assertThat(observations)
                    .hasObservationWithNameEqualTo("resilient.attempt")
                    .that()
                    .hasBeenStopped()
                    .hasLowCardinalityKeyValue("outcome", "cancelled"));
  }

  private void assertNested() throws InterruptedException {
    assertThat(endings.tryAcquire(7, 30, TimeUnit.SECONDS)).isTrue();
    assertThat(ended)
        .containsExactlyInAnyOrder(
            "gen_ai.client.operation<-resilient.attempt ERR",
            "resilient.attempt<-resilient.chat ERR",
            "gen_ai.client.operation<-resilient.attempt",
            "resilient.attempt<-resilient.chat",
            "resilient.chat<-spring.ai.advisor",
            "spring.ai.advisor<-spring.ai.chat.client",
            "spring.ai.chat.client");
    assertOutcome("answered");
  }

  /** Of handlers the last is told first: of a stream's end the registry hears after ours. */
  private void assertOutcome(String outcome) {
    await()
        .atMost(AT_MOST)
        .untilAsserted(
            () ->
                TestObservationRegistryAssert.assertThat(observations)
                    .hasObservationWithNameEqualTo("resilient.chat")
                    .that()
                    .hasBeenStopped()
                    .hasLowCardinalityKeyValue("route", "default")
                    .hasLowCardinalityKeyValue("outcome", outcome));
  }

  private ChatModel observed(String modelId) {
    return simulated.model(BedrockChatOptions.builder().model(modelId).build(), observations);
  }

  private final class Endings implements ObservationHandler<Observation.Context> {

    @Override
    public boolean supportsContext(Observation.Context context) {
      return true;
    }

    @Override
    public void onStop(Observation.Context context) {
      String parent =
          context.getParentObservation() == null
              ? ""
              : "<-" + context.getParentObservation().getContextView().getName();
      if (context.getName().equals("resilient.attempt")) {
        attemptEnds.add(Thread.currentThread().getName());
      }
      ended.add(context.getName() + parent + (context.getError() == null ? "" : " ERR"));
      endings.release();
    }
  }
}
