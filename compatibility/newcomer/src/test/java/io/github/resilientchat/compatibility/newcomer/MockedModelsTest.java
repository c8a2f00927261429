package io.github.resilientchat.compatibility.newcomer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.when;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.resilientchat.simulator.BedrockSimulator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mockito.Answers;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** A test that puts mocks in the models' places, with quotas that no other model may pass. */
@SpringBootTest(
    properties = {
      "spring.main.cloud-platform=none",
      "spring.security.user.password=secret",
      "resilient.quotas.default.limits=5rpm"
    })
class MockedModelsTest {

  @MockitoBean(answers = Answers.CALLS_REAL_METHODS)
  private dev.langchain4j.model.chat.ChatModel langChain4j;

  @MockitoBean private org.springframework.ai.chat.model.ChatModel springAi;

  @Autowired private NewcomersApplication.Assistant assistant;
  @Autowired private ChatClient.Builder client;
  @Autowired private BedrockSimulator bedrock;

  @Test
  void mocksOfBothFrameworksAreAsked() {
    doReturn(ChatResponse.builder().aiMessage(AiMessage.from("mocked")).build())
        .when(langChain4j)
        .doChat(any());
    when(springAi.getDefaultOptions()).thenReturn(ChatOptions.builder().build());
    when(springAi.call(any(Prompt.class)))
        .thenReturn(
            new org.springframework.ai.chat.model.ChatResponse(
                List.of(new Generation(new AssistantMessage("mocked too")))));

    assertThat(assistant.chat("Hello")).isEqualTo("mocked");
    assertThat(client.build().prompt("Hello").call().content()).isEqualTo("mocked too");
    assertThat(bedrock.invocations()).isEmpty();
  }
}
