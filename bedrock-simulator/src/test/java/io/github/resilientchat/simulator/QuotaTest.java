package io.github.resilientchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.simulator.Invocation.Outcome;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

class QuotaTest {

  private static final String OPUS_4_8 = "us.anthropic.claude-opus-4-8";
  private static final String SONNET_5 = "us.anthropic.claude-sonnet-5";

  private final MutableClock clock = new MutableClock();
  private final BedrockSimulator simulator = BedrockSimulator.builder().clock(clock).start();
  private final BedrockRuntimeClient client = Sdk.sync(simulator);

  @AfterEach
  void close() {
    client.close();
    simulator.close();
  }

  @Test
  void secondRequestInTheMinuteIsThrottledWhenTheQuotaIsOne() {
    simulator.quota(Quota.requestsPerMinute(1));
    Sdk.ask(client, Sdk.NOVA);
    assertThrottled(
        () -> Sdk.ask(client, Sdk.NOVA), "Too many requests, please wait before trying again.");
    assertThat(simulator.invocations())
        .extracting(Invocation::outcome)
        .containsExactly(Outcome.SERVED, Outcome.THROTTLED);
  }

  @Test
  void requestsComeBackAsTimePasses() {
    simulator.quota(Quota.requestsPerMinute(2));
    Sdk.ask(client, Sdk.NOVA);
    Sdk.ask(client, Sdk.NOVA);
    clock.pass(Duration.ofSeconds(29));
    assertThrottled(() -> Sdk.ask(client, Sdk.NOVA), "requests");
    clock.pass(Duration.ofSeconds(1));
    Sdk.ask(client, Sdk.NOVA);
    assertThrottled(() -> Sdk.ask(client, Sdk.NOVA), "requests");
  }

  @Test
  void familiesRegionsAccountsAndModelsHaveTheirOwnBudgets() {
    simulator.quota(Quota.requestsPerMinute(1));
    Sdk.ask(client, Sdk.NOVA);
    Sdk.ask(client, "us.amazon.nova-pro-v1:0");
    Sdk.ask(client, Sdk.US_CLAUDE);
    Sdk.ask(client, Sdk.GLOBAL_CLAUDE);
    try (var otherRegion = Sdk.sync(simulator, "blue", "us-west-2");
        var otherAccount = Sdk.sync(simulator, "green", "us-east-1")) {
      Sdk.ask(otherRegion, Sdk.NOVA);
      Sdk.ask(otherAccount, Sdk.NOVA);
    }
    assertThrottled(() -> Sdk.ask(client, Sdk.US_CLAUDE), "requests");
  }

  @Test
  void maxTokensAreReservedAtTheStart() {
    simulator.quota(Quota.tokensPerMinute(1_000));
    assertThrottled(
        () -> Sdk.ask(client, Sdk.NOVA, 1_000),
        "Too many tokens, please wait before trying again.");
    Sdk.ask(client, Sdk.NOVA, 900);
  }

  @Test
  void modelMaximumIsReservedWhenTheRequestSetsNone() {
    simulator.quota(Quota.tokensPerMinute(9_000));
    assertThrottled(() -> Sdk.ask(client, Sdk.NOVA), "tokens");
  }

  @Test
  void settlementGivesBackWhatWasNotUsed() {
    simulator.quota(Quota.tokensPerMinute(1_000));
    simulator.answer(call -> Answer.text("short").withUsage(Usage.of(14, 4)));
    Sdk.ask(client, Sdk.NOVA, 900);
    Sdk.ask(client, Sdk.NOVA, 900);
    assertThat(tokensLeft(Sdk.NOVA)).isEqualTo(1_000 - 36);
  }

  @Test
  void outputBurnsDownByTheRateOfTheModel() {
    simulator.answer(call -> Answer.text("x").withUsage(new Usage(14, 4, 500, 100)));
    simulator.quota(Quota.tokensPerMinute(10_000));
    Sdk.ask(client, Sdk.US_CLAUDE, 10);
    Sdk.ask(client, SONNET_5, 10);
    Sdk.ask(client, OPUS_4_8, 10);
    Sdk.ask(client, Sdk.NOVA, 10);
    assertThat(tokensLeft(Sdk.US_CLAUDE)).isEqualTo(10_000 - 114 - 20);
    assertThat(tokensLeft(SONNET_5)).isEqualTo(10_000 - 114 - 40);
    assertThat(tokensLeft(OPUS_4_8)).isEqualTo(10_000 - 114 - 60);
    assertThat(tokensLeft(Sdk.NOVA)).isEqualTo(10_000 - 114 - 4);
  }

  @Test
  void burndownCanLeaveADebtThatTimePaysBack() {
    simulator.quota(Quota.tokensPerMinute(600));
    simulator.answer(call -> Answer.text("x").withUsage(Usage.of(2, 100)));
    Sdk.ask(client, OPUS_4_8, 100);
    assertThat(tokensLeft(OPUS_4_8)).isEqualTo(600 - 1_502);
    clock.pass(Duration.ofSeconds(90));
    assertThrottled(() -> Sdk.ask(client, OPUS_4_8, 100), "tokens");
    clock.pass(Duration.ofSeconds(15));
    assertThatCode(() -> Sdk.ask(client, OPUS_4_8, 100)).doesNotThrowAnyException();
  }

  @Test
  void dailyTokensCountAllModelsOfAnAccountAndRegionUntilMidnight() {
    simulator.quota(Quota.tokensPerDay(1_000).account("blue"));
    simulator.answer(call -> Answer.text("x").withUsage(Usage.of(500, 400)));
    Sdk.ask(client, Sdk.NOVA, 500);
    assertThrottled(
        () -> Sdk.ask(client, Sdk.US_CLAUDE, 500),
        "Too many tokens per day, please wait before trying again.");
    try (var otherRegion = Sdk.sync(simulator, "blue", "us-west-2")) {
      Sdk.ask(otherRegion, Sdk.US_CLAUDE, 10);
    }
    clock.pass(Duration.ofHours(12));
    Sdk.ask(client, Sdk.US_CLAUDE, 500);
  }

  @Test
  void quotaOfAProfileLeavesTheOtherFamiliesAlone() {
    simulator.quota(Quota.requestsPerMinute(0).model(Sdk.US_CLAUDE));
    assertThrottled(() -> Sdk.ask(client, Sdk.US_CLAUDE), "requests");
    Sdk.ask(client, Sdk.GLOBAL_CLAUDE);
  }

  @Test
  void reservationMultiplierReservesMore() {
    try (var strict =
            BedrockSimulator.builder()
                .reservationMultiplier(5)
                .quota(Quota.tokensPerMinute(1_000))
                .start();
        var caller = Sdk.sync(strict)) {
      assertThrottled(() -> Sdk.ask(caller, Sdk.NOVA, 200), "tokens");
      Sdk.ask(caller, Sdk.NOVA, 190);
    }
  }

  @Test
  void httpErrorTakesNoQuota() {
    simulator.quota(Quota.requestsPerMinute(1));
    simulator.fault(Fault.httpError(503, "ServiceUnavailableException", "Busy").times(1));
    assertThatThrownBy(() -> Sdk.ask(client, Sdk.NOVA)).hasMessageContaining("Busy");
    Sdk.ask(client, Sdk.NOVA);
  }

  /** Asks the budgets themselves, since no response tells what is left. */
  private double tokensLeft(String modelId) {
    Target target = simulator.bedrock().catalogue().resolve(modelId, "us-east-1");
    BucketKey key =
        BucketKey.perMinute(Quota.Kind.TOKENS_PER_MINUTE, new Caller("blue", "us-east-1"), target);
    double[] left = {Double.NaN};
    simulator
        .bedrock()
        .quotas()
        .forEach((each, remaining) -> left[0] = each.equals(key) ? remaining : left[0]);
    return left[0];
  }

  private static void assertThrottled(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ThrottlingException.class,
            e -> assertThat(e.awsErrorDetails().errorMessage()).contains(message));
  }
}
