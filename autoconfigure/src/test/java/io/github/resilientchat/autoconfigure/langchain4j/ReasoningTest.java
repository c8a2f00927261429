package io.github.resilientchat.autoconfigure.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.bedrock.BedrockChatRequestParameters;
import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.autoconfigure.app.StreamedAnswer;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.ConverseCall;
import io.github.resilientchat.simulator.Fault;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A tool loop of a model that thinks, through the starter. */
class ReasoningTest {

  private static final ChatRequestParameters THINKING =
      BedrockChatRequestParameters.builder().enableReasoning(1024).maxOutputTokens(4000).build();
  private static final String PROFILE = ":application-inference-profile/";

  private final List<ConverseCall> calls = new CopyOnWriteArrayList<>();
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withUserConfiguration(BothFrameworksApplication.class)
          .withPropertyValues(
              "spring.main.cloud-platform=none",
              "resilient.backend=simulator",
              "resilient.defaults.region=us-east-1",
              "resilient.routes.chat.targets=us.anthropic.claude-sonnet-4-6");

  interface Assistant {
    String chat(@UserMessage String question, ChatRequestParameters parameters);

    TokenStream stream(@UserMessage String question, ChatRequestParameters parameters);
  }

  static class Weather {
    @Tool("weather")
    String weather(String city) {
      return "sunny in " + city;
    }
  }

  private Assistant assistant(ApplicationContext context) {
    BedrockSimulator bedrock = context.getBean(BedrockSimulator.class);
    bedrock.answer(
        call -> {
          calls.add(call);
          return calls.size() == 1
              ? Answer.toolUse("t1", "weather", "{\"arg0\":\"Rome\"}")
                  .withReasoning("I need the weather", "SIGNATURE")
              : Answer.text("It is sunny");
        });
    return AiServices.builder(Assistant.class)
        .chatModel(context.getBean(ChatModel.class))
        .streamingChatModel(context.getBean(StreamingChatModel.class))
        .tools(new Weather())
        .build();
  }

  private String lastRequest() {
    return calls.get(calls.size() - 1).request().toString();
  }

  @Test
  void signedReasoningGoesBackWithTheToolsResult() {
    runner.run(
        context -> {
          assertThat(assistant(context).chat("weather?", THINKING)).isEqualTo("It is sunny");
          assertThat(calls).hasSize(2);
          assertThat(lastRequest()).contains("SIGNATURE", "I need the weather");
        });
  }

  @Test
  void signedReasoningGoesBackInAStreamedLoop() {
    runner.run(
        context -> {
          assertThat(StreamedAnswer.of(assistant(context).stream("weather?", THINKING)).text())
              .isEqualTo("It is sunny");
          assertThat(lastRequest()).contains("SIGNATURE", "I need the weather");
        });
  }

  @Test
  void itFollowsTheModelBehindApplicationProfilesThatSayIt() {
    String east = "arn:aws:bedrock:us-east-1:111111111111" + PROFILE + "a1";
    String west = "arn:aws:bedrock:us-west-2:111111111111" + PROFILE + "b2";
    runner
        .withPropertyValues(
            "resilient.models.east.id=" + east,
            "resilient.models.east.foundation-model=anthropic.claude-sonnet-4-6",
            "resilient.models.west.id=" + west,
            "resilient.models.west.foundation-model=us.anthropic.claude-sonnet-4-6",
            "resilient.routes.chat.targets=east@us-east-1",
            "resilient.routes.chat.fallbacks=west@us-west-2")
        .run(
            context -> {
              BedrockSimulator bedrock = context.getBean(BedrockSimulator.class);
              bedrock.applicationProfile(east, "us.anthropic.claude-sonnet-4-6");
              bedrock.applicationProfile(west, "us.anthropic.claude-sonnet-4-6");
              Assistant assistant = assistant(context);
              bedrock.answer(
                  call -> {
                    calls.add(call);
                    if (calls.size() == 1) {
                      bedrock.fault(
                          Fault.httpError(503, "ServiceUnavailableException", "Busy")
                              .region("us-east-1"));
                      return Answer.toolUse("t1", "weather", "{\"arg0\":\"Rome\"}")
                          .withReasoning("hm", "SIGNATURE");
                    }
                    return Answer.text("It is sunny");
                  });
              assistant.chat("weather?", THINKING);
              assertThat(calls.get(1).region()).isEqualTo("us-west-2");
              assertThat(lastRequest()).contains("SIGNATURE");
            });
  }

  @Test
  void itIsLeftOutWhereTheModelSaysSo() {
    runner
        .withPropertyValues(
            "resilient.models.sonnet.id=us.anthropic.claude-sonnet-4-6",
            "resilient.models.sonnet.thinking=false",
            "resilient.routes.chat.targets=sonnet")
        .run(
            context -> {
              assistant(context).chat("weather?", THINKING);
              assertThat(lastRequest()).doesNotContain("SIGNATURE");
            });
  }

  @Test
  void modelsOfTargetsAreTheApplicationsToChange() {
    runner
        .withUserConfiguration(Schemas.class)
        .run(
            context -> {
              assertThat(context.getBean(ChatModel.class).supportedCapabilities())
                  .contains(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
              assertThat(context.getBean(StreamingChatModel.class).supportedCapabilities())
                  .contains(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class Schemas {

    @Bean
    BedrockModelCustomizer schemas() {
      return new BedrockModelCustomizer() {
        @Override
        public void customize(Target target, BedrockChatModel.Builder builder) {
          builder.supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        }

        @Override
        public void customize(Target target, BedrockStreamingChatModel.Builder builder) {
          builder.supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        }
      };
    }
  }
}
