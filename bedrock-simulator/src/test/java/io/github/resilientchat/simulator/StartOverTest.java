package io.github.resilientchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.Protocol;

/** A simulator that tests share is for each of them as it was for the first. */
class StartOverTest {

  private static final String ROLE = "arn:aws:iam::111111111111:role/kept";

  private final BedrockSimulator simulator = BedrockSimulator.start();

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void whatWasRegisteredBeforeTheFirstTestStays() {
    simulator.model("acme.kept");
    simulator.role(Role.of(ROLE, "main"));

    simulator.startOver();
    simulator.startOver();

    assertThatCode(() -> simulator.endOfLife("acme.kept", Instant.EPOCH))
        .doesNotThrowAnyException();
    assertThatCode(() -> simulator.revoke(ROLE)).doesNotThrowAnyException();
  }

  @Test
  void whatATestRegisteredOrTookAwayIsGone() {
    simulator.role(Role.of(ROLE, "main"));
    simulator.startOver();
    simulator.model("acme.own");
    simulator.endOfLife("acme.own", Instant.EPOCH);
    simulator.guardrail("own", "secret");
    simulator.revoke(ROLE);
    simulator.role(Role.of(ROLE + "-own", "main"));

    simulator.startOver();

    assertThatThrownBy(() -> simulator.endOfLife("acme.own", Instant.EPOCH))
        .hasMessageContaining("unknown model");
    assertThatThrownBy(() -> simulator.revoke(ROLE + "-own")).hasMessageContaining("no role");
    assertThat(simulator.bedrock().roles().lent(ROLE)).isPresent();
  }

  /** Else what one test left open would be among the calls of the next. */
  @Test
  void callThatWasOpenIsNotInTheLogOfTheNext() throws Exception {
    simulator.fault(Fault.stall(1));
    try (var client = Sdk.async(simulator, Protocol.HTTP1_1)) {
      Sdk.Stream open = Sdk.stream(client, Sdk.NOVA);
      open.first.get(Sdk.PATIENCE.toSeconds(), TimeUnit.SECONDS);

      simulator.reset();
      Sdk.stream(client, Sdk.US_CLAUDE).await();
      open.done.cancel(true);
      simulator.awaitIdle(Sdk.PATIENCE);
    }

    assertThat(simulator.invocations())
        .extracting(Invocation::modelId)
        .containsExactly(Sdk.US_CLAUDE);
  }

  /** Else who waits for a call of her own takes that of another test for it. */
  @Test
  void callThatWasOpenIsNotWaitedForInTheNextButItsEndIs() throws Exception {
    simulator.fault(Fault.stall(1));
    try (var client = Sdk.async(simulator, Protocol.HTTP1_1)) {
      Sdk.Stream open = Sdk.stream(client, Sdk.NOVA);
      open.first.get(Sdk.PATIENCE.toSeconds(), TimeUnit.SECONDS);

      simulator.reset();
      assertThatThrownBy(() -> simulator.awaitOpen(1, Duration.ZERO))
          .isInstanceOf(TimeoutException.class);
      assertThatThrownBy(() -> simulator.awaitIdle(Duration.ZERO))
          .isInstanceOf(TimeoutException.class);

      simulator.fault(Fault.stall(1));
      Sdk.Stream next = Sdk.stream(client, Sdk.NOVA);
      simulator.awaitOpen(1, Sdk.PATIENCE);
      open.done.cancel(true);
      await().atMost(Sdk.PATIENCE).until(() -> simulator.openExchanges() == 1);
      simulator.awaitOpen(1, Duration.ZERO);
      next.done.cancel(true);
      simulator.awaitIdle(Sdk.PATIENCE);
    }
    assertThatThrownBy(() -> simulator.awaitOpen(1, Duration.ZERO))
        .isInstanceOf(TimeoutException.class);
  }
}
