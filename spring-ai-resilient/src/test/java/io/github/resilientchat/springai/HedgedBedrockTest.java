package io.github.resilientchat.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.route.HedgePolicy;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Invocation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/** What Bedrock sees of a hedged call, with Spring AI's own model. */
@ExtendWith(SharedSimulation.class)
class HedgedBedrockTest {

  private static final Duration AT_MOST = Duration.ofSeconds(30);
  private static final int CALLS_BEFORE = 19;

  private Simulated simulated;
  private Flux<ChatResponse> answer;

  @BeforeEach
  void saveUpForAHedge(Simulated shared) {
    simulated = shared;
    RoutePolicy policy = RoutePolicy.DEFAULTS.withHedge(new HedgePolicy(Duration.ofMillis(300), 5));
    ResilientChatModel model =
        simulated.both().engine(Engine.builder().build()).policy(policy).build();
    answer = model.stream(new Prompt("hello"));
    IntStream.range(0, CALLS_BEFORE).forEach(call -> answer.blockLast(AT_MOST));
    simulated.called(CALLS_BEFORE);
  }

  @Test
  void slowModelIsCancelledWhenTheOtherIsFaster() throws TimeoutException {
    simulated.bedrock.fault(
        Fault.slowFirstToken(Duration.ofMinutes(1)).model(Simulated.PRIMARY.model()));

    List<ChatResponse> parts = answer.collectList().block(AT_MOST);

    assertThat(BedrockContract.text(parts)).isEqualTo("Answer of test.fallback-v1.");
    assertThat(BedrockContract.last(parts).getMetadata().<Integer>get("resilient.attempts"))
        .isEqualTo(2);
    List<Invocation> calls = simulated.bedrock.awaitInvocations(CALLS_BEFORE + 2, AT_MOST);
    assertThat(calls.subList(CALLS_BEFORE, calls.size()))
        .extracting(call -> call.modelId() + " " + call.outcome())
        .containsExactlyInAnyOrder("test.primary-v1 CANCELLED", "test.fallback-v1 SERVED");
    simulated.bedrock.awaitIdle(AT_MOST);
  }
}
