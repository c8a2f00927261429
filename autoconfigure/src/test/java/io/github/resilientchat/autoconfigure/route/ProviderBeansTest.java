package io.github.resilientchat.autoconfigure.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.autoconfigure.app.Assistant;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.autoconfigure.app.StreamedAnswer;
import io.github.resilientchat.autoconfigure.app.StreamingAssistant;
import io.github.resilientchat.autoconfigure.operation.Reload;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Models of other providers behind all targets of Bedrock, and in nobody else's way. */
@ExtendWith(OutputCaptureExtension.class)
class ProviderBeansTest {

  @Configuration(proxyBeanMethods = false)
  static class OtherProviders {

    @Bean
    ChatModel other() {
      return new ChatModel() {
        @Override
        public ChatResponse doChat(ChatRequest request) {
          return ChatResponse.builder().aiMessage(AiMessage.from("from LangChain4j")).build();
        }
      };
    }

    @Bean
    StreamingChatModel otherStreams() {
      return new StreamingChatModel() {
        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
          handler.onPartialResponse("streamed");
          handler.onCompleteResponse(
              ChatResponse.builder().aiMessage(AiMessage.from("streamed")).build());
        }
      };
    }

    @Bean
    org.springframework.ai.chat.model.ChatModel spring() {
      return new org.springframework.ai.chat.model.ChatModel() {
        @Override
        public org.springframework.ai.chat.model.ChatResponse call(Prompt prompt) {
          return new org.springframework.ai.chat.model.ChatResponse(
              List.of(new Generation(new AssistantMessage("from Spring AI"))));
        }

        @Override
        public ChatOptions getDefaultOptions() {
          return ChatOptions.builder().build();
        }
      };
    }
  }

  private final ApplicationContextRunner app =
      new ApplicationContextRunner()
          .withUserConfiguration(BothFrameworksApplication.class, OtherProviders.class)
          .withPropertyValues(
              "spring.main.cloud-platform=none",
              "resilient.backend=simulator",
              "resilient.defaults.region=us-east-1",
              "resilient.quotas.default.limits=100rpm",
              "resilient.identity.anonymous=shared",
              "resilient.routes.chat.targets=us.anthropic.claude-sonnet-4-6",
              "resilient.routes.chat.fallbacks=bean:other/otherStreams(50rpm), bean:spring");

  private static void failBedrock(BedrockSimulator bedrock) {
    bedrock.fault(Fault.httpError(503, "ServiceUnavailableException", "Busy"));
  }

  @Test
  void bedrockAnswersWhileItCan() {
    app.run(
        context -> {
          assertThat(context.getBean(ChatModel.class)).isInstanceOf(ResilientChatModel.class);
          assertThat(context.getBean(Assistant.class).chat("hello")).startsWith("Simulated");
          assertThat(ask(context.getBean(ChatClient.Builder.class))).startsWith("Simulated");
        });
  }

  @Test
  void eachFrameworksOwnModelIsTheLastResort(CapturedOutput output) {
    app.run(
        context -> {
          failBedrock(context.getBean(BedrockSimulator.class));

          assertThat(answers(context))
              .containsExactly("from LangChain4j", "streamed", "from Spring AI");
        });
    assertThat(output)
        .contains("bean:other/otherStreams is the last resort for calls of LangChain4j")
        .contains("bean:spring is the last resort for calls of Spring AI")
        .contains("bean:spring answers none of the calls of LangChain4j");
  }

  @Test
  void routeThatChangesGivesNoFrameworkTheOthersModel() {
    app.run(
        context -> {
          change(context, "resilient.routes.chat.targets=us.anthropic.claude-sonnet-4-6@us-west-2");
          failBedrock(context.getBean(BedrockSimulator.class));

          assertThat(answers(context))
              .containsExactly("from LangChain4j", "streamed", "from Spring AI");
          assertThat(context.getBean(Engine.class).operations().routes())
              .allSatisfy(
                  route ->
                      assertThat(route.targets())
                          .extracting(target -> target.target().region())
                          .containsExactly("us-west-2", ""));
        });
  }

  @Test
  void beanGoesWhileTheApplicationRunsAndComesByARestart() {
    app.run(
        context -> {
          change(context, "resilient.routes.chat.fallbacks=bean:spring");

          assertThatThrownBy(
                  () ->
                      change(
                          context,
                          "resilient.routes.chat.fallbacks=bean:other/otherStreams, bean:spring"))
              .hasMessageContaining("route chat has no target bean:other/otherStreams")
              .hasMessageContaining("restart it for that");
          failBedrock(context.getBean(BedrockSimulator.class));
          assertThat(ask(context.getBean(ChatClient.Builder.class))).isEqualTo("from Spring AI");
          assertThatThrownBy(() -> context.getBean(Assistant.class).chat("hello"))
              .isInstanceOf(NoTargetAvailableException.class);
        });
  }

  private static void change(AssertableApplicationContext context, String property) {
    TestPropertyValues.of(property).applyTo((ConfigurableEnvironment) context.getEnvironment());
    context.getBean(Reload.class).reload(false);
  }

  /** Of LangChain4j, of its streams, and of Spring AI. */
  private static List<String> answers(AssertableApplicationContext context) throws Exception {
    return List.of(
        context.getBean(Assistant.class).chat("hello"),
        StreamedAnswer.of(context.getBean(StreamingAssistant.class).chat("hello")).text(),
        ask(context.getBean(ChatClient.Builder.class)));
  }

  private static String ask(ChatClient.Builder client) {
    return client.build().prompt("hello").call().content();
  }

  @Test
  void beanThatIsNotThereStopsTheStart() {
    app.withPropertyValues("resilient.routes.chat.fallbacks=bean:otehr")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("bean:otehr")
                    .hasMessageContaining("there is no bean 'otehr'"));
  }

  @Test
  void beanHasNoRegionAndStaysInNoGeography() {
    assertThat(
            Startup.refusal(
                Startup.runner()
                    .withPropertyValues(
                        "resilient.backend=aws",
                        "resilient.defaults.region=us-east-1",
                        "resilient.routes.chat.targets=us.anthropic.claude-sonnet-4-6",
                        "resilient.routes.chat.fallbacks=bean:other@us-east-1")))
        .contains("write bean:<name>[/<name of the streaming model>]");
    assertThat(
            Startup.refusal(
                Startup.runner()
                    .withPropertyValues(
                        "resilient.backend=aws",
                        "resilient.defaults.region=us-east-1",
                        "resilient.routes.chat.residency=us",
                        "resilient.routes.chat.targets=us.anthropic.claude-sonnet-4-6",
                        "resilient.routes.chat.fallbacks=bean:other")))
        .contains("nobody knows where another provider processes prompts");
  }
}
