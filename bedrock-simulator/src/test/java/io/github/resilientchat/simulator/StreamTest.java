package io.github.resilientchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.simulator.Invocation.Outcome;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;

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
      stream.first.get(Sdk.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(simulator.openExchanges()).isEqualTo(1);
      stream.done.cancel(true);
      Invocation invocation = simulator.awaitInvocations(1, Sdk.PATIENCE).get(0);
      simulator.awaitIdle(Sdk.PATIENCE);
      assertThat(invocation.outcome()).isEqualTo(Outcome.CANCELLED);
      assertThat(invocation.framesSent()).isBetween(1, 3);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void largePromptArrivesInFull(Protocol protocol) throws Exception {
    try (var client = Sdk.async(simulator, protocol)) {
      String prompt = "word".repeat(500_000);
      Sdk.stream(client, r -> r.modelId(Sdk.NOVA).messages(Sdk.user(prompt))).await();
    }
    assertThat(simulator.invocations().get(0).inputTokens()).isEqualTo(500_001);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void longAnswerArrivesInFullWithoutPauses(Protocol protocol) throws Exception {
    try (var fast = BedrockSimulator.start();
        var client = Sdk.async(fast, protocol)) {
      fast.answer(call -> Answer.words(Collections.nCopies(5_000, "word ".repeat(40))));
      var stream = Sdk.stream(client, Sdk.NOVA).await();
      assertThat(stream.events).hasSize(5_004);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void slowFirstTokenComesInTheEnd(Protocol protocol) throws Exception {
    simulator.fault(Fault.slowFirstToken(Duration.ofMillis(50)));
    try (var client = Sdk.async(simulator, protocol)) {
      assertThat(Sdk.stream(client, Sdk.NOVA).await().types()).endsWith("messageStop metadata");
    }
    assertThat(simulator.invocations().get(0).detail()).isEqualTo("SLOW_FIRST_TOKEN");
  }

  @Test
  void cancelledStreamsEndNoOthersHoweverMany() throws Exception {
    try (var client = Sdk.async(simulator, Protocol.HTTP2)) {
      simulator.fault(Fault.stall(1).times(301));
      var neighbour = Sdk.stream(client, Sdk.NOVA);
      neighbour.first.get(Sdk.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      cancel(client, 300);
      assertThat(neighbour.done).isNotDone();
      assertThat(Sdk.stream(client, Sdk.NOVA).await().types()).endsWith("metadata");
    }
  }

  @Test
  void guardAgainstCancelledStreamsIsASetting() throws Exception {
    try (var guarded = BedrockSimulator.builder().resetGuard(10).start();
        var client = Sdk.async(guarded, Protocol.HTTP2)) {
      guarded.fault(Fault.stall(1).times(21));
      var neighbour = Sdk.stream(client, Sdk.NOVA);
      neighbour.first.get(Sdk.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      cancel(client, 20);
      assertThat(neighbour.failure()).isInstanceOf(SdkClientException.class);
    }
  }

  private static void cancel(BedrockRuntimeAsyncClient client, int streams) throws Exception {
    for (int i = 0; i < streams; i++) {
      var stream = Sdk.stream(client, Sdk.NOVA);
      // What is refused by then has ended by itself.
      CompletableFuture.anyOf(stream.first, stream.done.exceptionally(ended -> null))
          .get(Sdk.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      stream.done.cancel(true);
    }
  }

  @Test
  void connectionResetEndsEveryStreamOnTheConnection() throws Exception {
    try (var client = Sdk.async(simulator, Protocol.HTTP2)) {
      simulator.fault(Fault.stall(1).times(1));
      var neighbour = Sdk.stream(client, Sdk.NOVA);
      neighbour.first.get(Sdk.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      simulator.fault(Fault.streamReset(1));
      Sdk.stream(client, Sdk.NOVA).failure();
      assertThat(neighbour.failure()).isInstanceOf(SdkClientException.class);
      assertThat(simulator.awaitInvocations(2, Sdk.PATIENCE))
          .extracting(Invocation::outcome)
          .containsExactlyInAnyOrder(Outcome.FAULTED, Outcome.CANCELLED);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void closeEndsOpenExchanges(Protocol protocol) throws Exception {
    try (var client = Sdk.async(simulator, protocol)) {
      simulator.fault(Fault.hang());
      var stream = Sdk.stream(client, Sdk.NOVA);
      simulator.awaitOpen(1, Sdk.PATIENCE);
      simulator.close();
      assertThat(stream.failure()).isInstanceOf(SdkClientException.class);
      simulator.awaitIdle(Sdk.PATIENCE);
    }
  }

  @Test
  void configuredLatencyShowsInTheMetrics() throws Exception {
    try (var slow = BedrockSimulator.builder().latency(Duration.ofMillis(60)).start();
        var client = Sdk.sync(slow)) {
      assertThat(Sdk.ask(client, Sdk.NOVA).metrics().latencyMs()).isGreaterThanOrEqualTo(50);
    }
  }
}
