package io.github.resilientchat.autoconfigure.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.autoconfigure.simulator.AutoConfigureResilientSimulator;
import io.github.resilientchat.autoconfigure.simulator.SimulatedTime;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** The test that the guide to testing shows. */
@SpringBootTest(classes = BothFrameworksApplication.class)
// snippet: test
@AutoConfigureResilientSimulator
class AssistantTest {

  @Autowired private ChatClient.Builder chat;
  @Autowired private BedrockSimulator bedrock;
  @Autowired private SimulatedTime time;

  record Author(String name, int born) {}

  @Test
  void answersAreScripted() {
    bedrock.answer(call -> Answer.text("You said " + call.lastUserText()));

    assertThat(ask("hello")).isEqualTo("You said hello");
  }

  @Test
  void jsonFitsWhereTheApplicationAsksForIt() {
    Author author = chat.build().prompt("Who wrote it?").call().entity(Author.class);

    assertThat(author).isEqualTo(new Author("simulated", 1));
  }

  @Test
  void anotherTargetAnswersWhileOneIsThrottled() {
    bedrock.fault(
        Fault.httpError(429, "ThrottlingException", "Too many requests").region("us-east-1"));
    assertThat(ask("hello")).isNotBlank();

    bedrock.clearFaults();
    time.pass(Duration.ofMinutes(5));
    assertThat(ask("hello")).isNotBlank();
  }

  private String ask(String question) {
    return chat.build().prompt(question).call().content();
  }
}

// end
