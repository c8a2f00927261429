package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.Simulated.PATIENCE;
import static io.github.resilientchat.bedrock.Simulated.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.core.failure.AttemptFailedException;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.testsupport.Undisturbed;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

class TimeLimitTest {

  private final Simulated simulated = Simulated.start();

  @AfterEach
  void stop() {
    simulated.close();
  }

  @Test
  void blockingCallIsAbortedAtTheLimitOfItsAttempt() throws Throwable {
    // The first call of a JVM takes longer than the limit, and would not reach the service.
    simulated.ask();
    Undisturbed.holds(
        () -> {
          simulated.bedrock.awaitIdle(PATIENCE);
          simulated.bedrock.reset();
          simulated.bedrock.fault(Fault.hang());
          Exchange exchange = new Exchange(Duration.ofSeconds(1), false);
          assertThatThrownBy(() -> within(exchange, simulated::ask))
              .isInstanceOf(ApiCallTimeoutException.class)
              .satisfies(
                  error ->
                      assertThat(FailureClassifier.discovered().classify(error).map(Failure::kind))
                          .contains(FailureKind.TIMED_OUT));
          assertThat(simulated.bedrock.awaitInvocations(1, Duration.ofSeconds(10))).hasSize(1);
          assertThat(simulated.bedrock.openExchanges()).isZero();
        });
  }

  @Test
  void shorterLimitOfTheRequestItselfIsKept() {
    simulated.bedrock.fault(Fault.hang());
    Exchange exchange = new Exchange(Duration.ofDays(100_000), false);
    assertThatThrownBy(
            () ->
                within(
                    exchange,
                    () ->
                        simulated
                            .client()
                            .converse(
                                Simulated.question().toBuilder()
                                    .overrideConfiguration(
                                        o -> o.apiCallTimeout(Duration.ofMillis(200)))
                                    .build())))
        .isInstanceOf(ApiCallTimeoutException.class);
  }

  @Test
  void endlessLimitIsNoLimit() {
    Exchange exchange = new Exchange(Duration.ofSeconds(Long.MAX_VALUE), false);
    assertThat(within(exchange, simulated::ask).output().message().hasContent()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -5})
  void nothingIsSentWithoutTimeLeft(long millis) {
    Duration limit = Duration.ofMillis(millis);
    assertThatThrownBy(() -> within(new Exchange(limit, false), simulated::ask))
        .isInstanceOf(AttemptFailedException.class);
    RecordedStream stream = within(new Exchange(limit, true), simulated::stream);
    assertThat(stream.failure()).isInstanceOf(AttemptFailedException.class);
    assertThat(simulated.bedrock.invocations()).isEmpty();
  }

  @Test
  void deadlineMissedByAgesIsNoOtherFault() {
    Duration limit = Duration.ofSeconds(Long.MIN_VALUE);
    assertThatThrownBy(() -> within(new Exchange(limit, false), simulated::ask))
        .isInstanceOf(AttemptFailedException.class);
    RecordedStream stream = within(new Exchange(limit, true), simulated::stream);
    assertThat(stream.failure()).isInstanceOf(AttemptFailedException.class);
  }

  @Test
  void stoppedExchangeAbortsABlockingCall() throws Exception {
    simulated.bedrock.fault(Fault.hang());
    Exchange exchange = new Exchange(PATIENCE, false);
    CompletableFuture<Object> call =
        CompletableFuture.supplyAsync(() -> within(exchange, simulated::ask));
    simulated.bedrock.awaitOpen(1, PATIENCE);
    exchange.stop();
    Throwable failure = Simulated.failureOf(call).orElseThrow();
    assertThat(failure)
        .hasRootCauseInstanceOf(Exception.class)
        .hasCauseInstanceOf(AbortedException.class);
    assertThat(FailureClassifier.discovered().classify(failure).map(Failure::kind))
        .contains(FailureKind.CANCELLED);
    simulated.bedrock.awaitIdle(PATIENCE);
  }

  @Test
  void exchangeThatWasStoppedBeforeSendsNothing() {
    Exchange exchange = new Exchange(PATIENCE, true);
    exchange.stop();
    assertThat(within(exchange, simulated::stream).future).isCancelled();
    assertThatThrownBy(() -> within(exchange, simulated::ask)).isInstanceOf(AbortedException.class);
    assertThat(simulated.bedrock.invocations()).isEmpty();
    assertThat(simulated.bedrock.openExchanges()).isZero();
  }
}
