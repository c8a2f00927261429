package io.github.resilientchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.simulator.Invocation.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

class ConservationTest {

  private static final int CALLS = 120;
  private static final Caller CALLER = new Caller("blue", "us-east-1");

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void concurrentCallsShareABudgetExactly(Protocol protocol) throws Exception {
    try (var simulator =
            BedrockSimulator.builder()
                .clock(new MutableClock())
                .quota(Quota.requestsPerMinute(CALLS / 3))
                .start();
        var client = Sdk.async(simulator, protocol)) {
      AtomicInteger again = new AtomicInteger();
      var calls =
          IntStream.range(0, CALLS)
              .mapToObj(i -> failureOf(() -> hello(client), 3, again))
              .toList();
      for (var call : calls) {
        assertThat(call.get(Sdk.PATIENCE.toSeconds(), TimeUnit.SECONDS))
            .satisfiesAnyOf(
                failure -> assertThat(failure).isNull(),
                failure -> assertThat(failure).hasCauseInstanceOf(ThrottlingException.class));
      }
      // An answer may be here before its entry in the log is closed.
      simulator.awaitInvocations(CALLS, Sdk.PATIENCE);
      simulator.awaitIdle(Sdk.PATIENCE);
      var all = simulator.invocations();
      // Of a call that was asked again, the service may have seen the first time or not, and may
      // have answered it or not.
      assertThat(all).hasSizeBetween(CALLS, CALLS + again.get());
      assertThat(count(all, Outcome.SERVED)).isBetween(CALLS / 3L - again.get(), CALLS / 3L);
      assertThat(count(all, Outcome.THROTTLED))
          .isBetween(CALLS / 3L * 2, CALLS / 3L * 2 + again.get());
    }
  }

  private static CompletableFuture<ConverseResponse> hello(BedrockRuntimeAsyncClient client) {
    return client.converse(r -> r.modelId(Sdk.NOVA).messages(Sdk.user("Hi")));
  }

  /** What a call ends with; asked again when its pooled connection was closed by the SDK itself. */
  private static CompletableFuture<Throwable> failureOf(
      Supplier<CompletableFuture<ConverseResponse>> call, int tries, AtomicInteger again) {
    return call.get()
        .handle((response, failure) -> failure)
        .thenCompose(
            failure -> {
              if (tries > 1
                  && failure != null
                  && failure.getCause() instanceof SdkClientException) {
                again.incrementAndGet();
                return failureOf(call, tries - 1, again);
              }
              return CompletableFuture.completedFuture(failure);
            });
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void cancelledStreamsLeaveNothingOpenAndGiveTheirReservationBack(Protocol protocol)
      throws Exception {
    int streams = 40;
    try (var simulator =
            BedrockSimulator.builder()
                .clock(new MutableClock())
                .tokenInterval(Duration.ofMillis(1))
                .start();
        var client = Sdk.async(simulator, protocol)) {
      simulator.answer(call -> Answer.text("one two three four five six"));
      simulator.fault(Fault.stall(5));
      var open = IntStream.range(0, streams).mapToObj(i -> Sdk.stream(client, Sdk.NOVA)).toList();
      for (var stream : open) {
        stream.first.get(Sdk.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        stream.done.cancel(true);
      }
      simulator.awaitIdle(Sdk.PATIENCE);
      List<Invocation> log = simulator.invocations();
      assertThat(count(log, Outcome.CANCELLED)).isEqualTo(streams);
      long used = log.stream().mapToLong(i -> i.inputTokens() + i.outputTokens()).sum();
      Target target = simulator.bedrock().catalogue().resolve(Sdk.NOVA, "us-east-1");
      BucketKey key = BucketKey.perMinute(Quota.Kind.TOKENS_PER_MINUTE, CALLER, target);
      simulator
          .bedrock()
          .quotas()
          .forEach(
              (each, remaining) -> {
                if (each.equals(key)) {
                  assertThat(6_000_000 - remaining).isEqualTo(used);
                }
              });
    }
  }

  private static long count(List<Invocation> log, Outcome outcome) {
    return log.stream().filter(invocation -> invocation.outcome() == outcome).count();
  }
}
