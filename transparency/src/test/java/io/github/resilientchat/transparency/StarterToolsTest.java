package io.github.resilientchat.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionEligibilityPredicate;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.ai.tool.execution.ToolExecutionExceptionProcessor;
import org.springframework.ai.tool.resolution.StaticToolCallbackResolver;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** With the starter, the context's own machinery of Spring AI decides about tools. */
class StarterToolsTest {

  private static final Prompt BY_NAME =
      new Prompt("Pay", BedrockChatOptions.builder().toolNames("pay").build());

  private final RecordingBedrock bedrock = new RecordingBedrock();

  @AfterEach
  void stop() {
    bedrock.close();
  }

  @Configuration
  static class KnowsPay {
    @Bean
    ToolCallingManager toolCallingManager() {
      return ToolCallingManager.builder()
          .toolCallbackResolver(
              new StaticToolCallbackResolver(List.of(NotingTool.pay(new Transcript()))))
          .build();
    }
  }

  @Configuration
  static class RunsNothing {
    @Bean
    ToolExecutionEligibilityPredicate predicate() {
      return (options, answer) -> false;
    }
  }

  /** What Spring AI's auto-configuration makes a manager of. */
  @Configuration
  static class ResolvesAndWords {
    @Bean
    ToolCallbackResolver toolCallbackResolver() {
      IllegalStateException cause = new IllegalStateException("no money");
      ToolExecutionException failure =
          new ToolExecutionException(
              ToolDefinition.builder().name("pay").inputSchema("{}").build(), cause);
      return new StaticToolCallbackResolver(
          List.of(new NotingTool("pay", new Transcript(), false, failure)));
    }

    @Bean
    ToolExecutionExceptionProcessor toolExecutionExceptionProcessor() {
      return failure -> "sorry: " + failure.getMessage();
    }
  }

  @Test
  void resolverAndExceptionProcessorOfTheContextAreUsed() {
    assertThat(answer(ResolvesAndWords.class).getResult().getOutput().getText()).isEqualTo("Paid");

    assertThat(bedrock.requests()).hasSize(2);
    assertThat(bedrock.requests().get(1).body()).contains("sorry: no money");
  }

  @Test
  void managerOfTheContextFindsToolsByName() {
    assertThat(answer(KnowsPay.class).getResult().getOutput().getText()).isEqualTo("Paid");

    assertThat(bedrock.requests()).hasSize(2);
  }

  @Test
  void predicateOfTheContextDecides() {
    assertThat(answer(KnowsPay.class, RunsNothing.class).hasToolCalls()).isTrue();

    assertThat(bedrock.requests()).hasSize(1);
  }

  private ChatResponse answer(Class<?>... beans) {
    bedrock.script(
        request ->
            request.body().contains("toolResult")
                ? Reply.text("Paid")
                : Reply.tool("t1", "pay", "{}"));
    try (Starter starter = new Starter(bedrock.endpoint(), beans)) {
      return starter.bean(ChatModel.class).call(BY_NAME);
    }
  }
}
