package io.github.resilientchat.autoconfigure.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.ChatModel;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.report.QuotaExceededException;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Invocation;
import io.github.resilientchat.simulator.Quota;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/**
 * Tests that share a context find the simulator and the engine as new, whatever the last one did.
 */
@SpringBootTest(
    classes = BothFrameworksApplication.class,
    properties = {
      "resilient.routes.chat.targets=us.anthropic.claude-sonnet-4-6@us-east-1",
      "resilient.routes.chat.fallbacks=us.anthropic.claude-haiku-4-5-20251001-v1:0@us-west-2",
      "resilient.quotas.default.limits=3rpm"
    })
@AutoConfigureResilientSimulator
class FreshSimulatorTest {

  private static final String SONNET = "us.anthropic.claude-sonnet-4-6";

  @Autowired private ChatModel model;
  @Autowired private BedrockSimulator bedrock;
  @Autowired private SimulatedTime time;

  private String ask() {
    return CallerScope.callAs(Caller.user("ada"), () -> model.chat("Hello"));
  }

  @RepeatedTest(10)
  void nothingOfTheLastTestIsLeft() {
    assertThat(bedrock.invocations()).isEmpty();
    assertThat(ask()).startsWith("Simulated answer from");
    assertThat(bedrock.invocations())
        .singleElement()
        .extracting(Invocation::modelId)
        .isEqualTo(SONNET);

    spoilEverything();
  }

  /** The preferred target rests, the caller's quota is used up, answers and quotas are scripted. */
  private void spoilEverything() {
    bedrock.answer(call -> Answer.text("scripted"));
    bedrock.quota(Quota.requestsPerMinute(1).model(SONNET));
    bedrock.fault(
        Fault.httpError(429, "ThrottlingException", "Too many requests")
            .model(SONNET)
            .retryAfter(Duration.ofSeconds(50)));
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 4; i++) {
                ask();
              }
            })
        .isInstanceOf(QuotaExceededException.class);
  }

  @Test
  void timePassesForQuotasAndRestsAlike() {
    spoilEverything();
    bedrock.clearFaults();

    time.pass(Duration.ofMinutes(2));

    ask();
    assertThat(bedrock.invocations()).last().extracting(Invocation::modelId).isEqualTo(SONNET);
  }

  @Test
  void timePassesForTheSimulatorsOwnQuotasToo() {
    bedrock.quota(Quota.requestsPerMinute(1).model(SONNET));
    ask();
    ask();
    assertThat(bedrock.invocations()).last().extracting(Invocation::modelId).isNotEqualTo(SONNET);

    time.pass(Duration.ofMinutes(2));

    ask();
    assertThat(bedrock.invocations()).last().extracting(Invocation::modelId).isEqualTo(SONNET);
  }
}
