package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.Simulated.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.simulator.Fault;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.http.Protocol;

/** Who gets no connection from a pool that is full learns that it is short here, not at Bedrock. */
class ExhaustedPoolTest {

  private Simulated simulated = full(null);

  private static Simulated full(@Nullable Protocol protocol) {
    return Simulated.with(
        builder -> builder.protocol(protocol).maxConcurrency(1).maxStreamsPerConnection(1));
  }

  @AfterEach
  void stop() {
    simulated.close();
  }

  private static void assertShort(Throwable error) {
    assertThat(FailureClassifier.discovered().classify(Objects.requireNonNull(error)))
        .map(Failure::kind)
        .contains(FailureKind.LOCAL_SHORTAGE);
  }

  @Test
  void blockingCallWithoutConnection() throws Exception {
    simulated.bedrock.fault(Fault.hang());
    CompletableFuture<Void> first =
        CompletableFuture.runAsync(
            () -> Simulated.within(new Exchange(PATIENCE, false), simulated::ask));
    simulated.bedrock.awaitOpen(1, PATIENCE);

    assertShort(
        catchThrowable(() -> Simulated.within(new Exchange(PATIENCE, false), simulated::ask)));
    assertThat(first).isNotDone();
    // Nobody's thread is left to the tests that come after.
    simulated.close();
    assertThat(Simulated.failureOf(first)).isPresent();
  }

  @ParameterizedTest
  @EnumSource(
      value = Protocol.class,
      names = {"HTTP1_1", "HTTP2"})
  void streamWithoutConnection(Protocol protocol) throws Exception {
    simulated.close();
    simulated = full(protocol == Protocol.HTTP1_1 ? protocol : null);
    simulated.bedrock.fault(Fault.hang());
    RecordedStream first = simulated.stream();
    simulated.bedrock.awaitOpen(1, PATIENCE);

    assertShort(simulated.stream().failure());
    assertThat(first.future).isNotDone();
  }
}
