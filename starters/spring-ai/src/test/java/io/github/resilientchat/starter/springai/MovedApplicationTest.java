package io.github.resilientchat.starter.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.BedrockSimulator;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that was written for Spring AI's own Bedrock starter starts on this one. */
class MovedApplicationTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withUserConfiguration(Application.class)
          .withPropertyValues("spring.main.cloud-platform=none", "resilient.backend=simulator");

  @Test
  void aConversationIsRemembered() {
    runner.run(
        context -> {
          context
              .getBean(BedrockSimulator.class)
              .answer(call -> Answer.text("I heard " + call.request().path("messages").size()));
          ChatClient client = context.getBean(ChatClient.class);

          assertThat(ask(client, "My name is Ada.")).isEqualTo("I heard 1");
          assertThat(ask(client, "What is my name?")).isEqualTo("I heard 3");
        });
  }

  @Test
  void whoTakesTheRestOfSpringAiAloneNeedsNoBackend() {
    new ApplicationContextRunner()
        .withUserConfiguration(OfOtherModels.class)
        .withClassLoader(new FilteredClassLoader("io.github.resilientchat.simulator", "io.vertx"))
        .withPropertyValues("spring.ai.model.chat=none")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ChatModel.class));
  }

  private static String ask(ChatClient client, String question) {
    return client
        .prompt(question)
        .advisors(advisors -> advisors.param(ChatMemory.CONVERSATION_ID, "s-17"))
        .call()
        .content();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class OfOtherModels {}

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {

    @Bean
    ChatClient chatClient(ChatClient.Builder builder, ChatMemory memory) {
      return builder.defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build()).build();
    }
  }
}
