package io.github.resilientchat.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Usage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is put into a prompt cache for an hour costs more, whoever the framework is. */
class HourInTheCacheTest {

  /** Five hundred tokens for five minutes, and fifteen hundred for an hour. */
  private static final Usage BOTH = new Usage(10, 5, 100, 2_000, 1_500);

  private final BedrockSimulator bedrock = BedrockSimulator.start();
  private final BedrockModels models = new BedrockModels(bedrock).in("us-east-1", "prod");

  @AfterEach
  void close() {
    models.close();
    bedrock.close();
  }

  @Test
  void hourInTheCacheIsPricedAsSuchThroughBothFrameworks() throws Exception {
    bedrock.answer(call -> Answer.text("ok").withUsage(BOTH));
    List<BedrockModels.Ask> ways =
        List.of(
            models::callLangChain4j,
            models::streamLangChain4j,
            models::callSpringAi,
            models::streamSpringAi);
    // In and out 0.80 and 3.20 dollars a million; a read as input, five minutes 1.00, an hour 1.60.
    double dollars = (10 * 0.8 + 5 * 3.2 + 100 * 0.8 + 500 * 1.0 + 1_500 * 1.6) / 1e6;
    for (BedrockModels.Ask way : ways) {
      assertThat(models.ended(way).report().usd().orElseThrow()).isCloseTo(dollars, within(1e-9));
    }
  }
}
