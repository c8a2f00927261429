package io.github.resilientchat.springai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.prompt.Prompt;

@ExtendWith(SharedSimulation.class)
class AggregatedAnswerTest {

  @Test
  void whoServedAStreamSurvivesSpringAisAggregation(Simulated simulated) {
    simulated.primaryFails(503, "ServiceUnavailableException");
    AtomicReference<ChatResponse> whole = new AtomicReference<>();

    new MessageAggregator()
        .aggregate(simulated.both().build().stream(new Prompt("hello")), whole::set)
        .blockLast(Duration.ofSeconds(30));

    assertThat(whole.get().getMetadata().getModel()).isEqualTo("test.fallback-v1");
    assertThat(whole.get().getMetadata().getUsage().getTotalTokens()).isPositive();
    assertThat(whole.get().getResult().getMetadata().<String>get("resilient.target"))
        .isEqualTo("fallback");
    assertThat(whole.get().getResult().getMetadata().<Integer>get("resilient.attempts"))
        .isEqualTo(2);
  }
}
