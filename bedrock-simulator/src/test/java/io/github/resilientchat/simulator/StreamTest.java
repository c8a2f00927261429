package io.github.resilientchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.simulator.Invocation.Outcome;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.http.Protocol;

class StreamTest {

  private final BedrockSimulator simulator =
      BedrockSimulator.builder().tokenInterval(Duration.ofMillis(2)).start();

  @AfterEach
  void close() {
    simulator.close();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void eventsComeInTheOrderOfTheRealService(Protocol protocol) throws Exception {
    simulator.answer(
        call ->
            Answer.text("Hello world")
                .withReasoning("hm", "sig")
                .andToolUse("t1", "weather", "{\"city\":\"Oslo\"}"));
    try (var client = Sdk.async(simulator, protocol)) {
      var stream = Sdk.stream(client, Sdk.US_CLAUDE).await();
      assertThat(stream.types())
          .isEqualTo(
              "messageStart"
                  + " contentBlockDelta contentBlockDelta contentBlockStop"
                  + " contentBlockDelta contentBlockDelta contentBlockStop"
                  + " contentBlockStart contentBlockDelta contentBlockDelta"
                  + " contentBlockStop messageStop metadata");
    }
    Invocation invocation = simulator.awaitInvocations(1, Sdk.PATIENCE).get(0);
    assertThat(invocation.framesSent()).isEqualTo(13);
    assertThat(invocation.httpVersion())
        .isEqualTo(protocol == Protocol.HTTP2 ? "HTTP/2" : "HTTP/1.1");
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void serverSeesThatTheClientCancelled(Protocol protocol) throws Exception {
    simulator.fault(Fault.stall(3));
    try (var client = Sdk.async(simulator, protocol)) {
      var stream = Sdk.stream(client, Sdk.NOVA);
      stream.first.get(10, TimeUnit.SECONDS);
      assertThat(simulator.openExchanges()).isEqualTo(1);
      stream.done.cancel(true);
      Invocation invocation = simulator.awaitInvocations(1, Sdk.PATIENCE).get(0);
      simulator.awaitIdle(Sdk.PATIENCE);
      assertThat(invocation.outcome()).isEqualTo(Outcome.CANCELLED);
      assertThat(invocation.framesSent()).isEqualTo(3);
    }
  }
}
