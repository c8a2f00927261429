package io.github.resilientchat.samples.teamchat;

import io.github.resilientchat.simulator.BedrockSimulator;
import java.time.Duration;
import org.springframework.context.annotation.Bean;

/**
 * A Bedrock that takes its time for each word, as the real one does: an error right behind a text
 * overtakes it in Spring AI's model. Without an annotation, by which the application's own scan
 * would find it for every test.
 */
class Paced {

  @Bean
  BedrockSimulator bedrock() {
    return BedrockSimulator.builder().tokenInterval(Duration.ofMillis(100)).start();
  }
}
