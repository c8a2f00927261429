package io.github.resilientchat.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.autoconfigure.operation.Reload;
import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.bedrock.BedrockClientCustomizer;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContext;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClientBuilder;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClientBuilder;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;

/**
 * The nearest word is sent: the request's, the target's, the model's, the route's, the defaults'.
 */
class DefaultOptionsTest {

  private final Queue<InferenceConfiguration> sent = new ConcurrentLinkedQueue<>();

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withUserConfiguration(BothFrameworksApplication.class)
          .withBean(BedrockClientCustomizer.class, () -> new Recording(sent))
          .withPropertyValues(
              "spring.main.cloud-platform=none",
              "resilient.backend=simulator",
              "resilient.defaults.region=us-east-1",
              "resilient.defaults.options.temperature=0.1",
              "resilient.defaults.options.top-p=0.9",
              "resilient.routes.chat.targets=east",
              "resilient.routes.chat.options.temperature=0.2",
              "resilient.routes.chat.options.stop-sequences=END",
              "resilient.routes.batch.targets=east",
              "resilient.models.m.id=us.anthropic.claude-sonnet-4-6",
              "resilient.models.m.max-tokens=100",
              "resilient.targets.east.model=m");

  /** Every way in. */
  enum Way {
    LANGCHAIN4J,
    LANGCHAIN4J_STREAMED,
    SPRING_AI,
    SPRING_AI_STREAMED;

    /** Asks a route, with a temperature of the request's own or none. */
    void ask(ApplicationContext context, String route, @Nullable Double temperature)
        throws Exception {
      ChatRequest request =
          ChatRequest.builder()
              .messages(UserMessage.from("Hello"))
              .modelName(route)
              .temperature(temperature)
              .build();
      ChatOptions options = ChatOptions.builder().model(route).temperature(temperature).build();
      ChatClient client = context.getBean(ChatClient.Builder.class).build();
      switch (this) {
        case LANGCHAIN4J -> context.getBean(ChatModel.class).chat(request);
        case LANGCHAIN4J_STREAMED -> stream(context.getBean(StreamingChatModel.class), request);
        case SPRING_AI -> client.prompt("Hello").options(options).call().content();
        case SPRING_AI_STREAMED ->
            client.prompt("Hello").options(options).stream().content().blockLast();
      }
    }

    private static void stream(StreamingChatModel model, ChatRequest request) throws Exception {
      CompletableFuture<ChatResponse> end = new CompletableFuture<>();
      model.chat(
          request,
          new StreamingChatResponseHandler() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
              end.complete(response);
            }

            @Override
            public void onError(Throwable error) {
              end.completeExceptionally(error);
            }
          });
      end.get(1, TimeUnit.MINUTES);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRoutesComeBeforeTheDefaults(Way way) {
    runner.run(
        context -> {
          way.ask(context, "chat", null);
          way.ask(context, "batch", null);

          assertThat(sent)
              .extracting(InferenceConfiguration::temperature)
              .containsExactly(0.2f, 0.1f);
          assertThat(sent).extracting(InferenceConfiguration::topP).containsOnly(0.9f);
          assertThat(sent).extracting(InferenceConfiguration::maxTokens).containsOnly(100);
          assertThat(sent.peek().stopSequences()).containsExactly("END");
        });
  }

  @ParameterizedTest
  @EnumSource
  void aModelsAndATargetsComeBeforeTheRoutes(Way way) {
    ApplicationContextRunner ofModel =
        runner.withPropertyValues("resilient.models.m.options.temperature=0.3");
    ofModel.run(context -> way.ask(context, "chat", null));
    ofModel
        .withPropertyValues("resilient.targets.east.options.temperature=0.4")
        .run(context -> way.ask(context, "chat", null));

    assertThat(sent).extracting(InferenceConfiguration::temperature).containsExactly(0.3f, 0.4f);
  }

  @ParameterizedTest
  @EnumSource
  void theRequestsComesFirst(Way way) {
    runner
        .withPropertyValues("resilient.targets.east.options.temperature=0.4")
        .run(
            context -> {
              way.ask(context, "chat", 0.7);

              assertThat(sent)
                  .singleElement()
                  .satisfies(
                      config -> {
                        assertThat(config.temperature()).isEqualTo(0.7f);
                        assertThat(config.topP()).isEqualTo(0.9f);
                        assertThat(config.maxTokens()).isEqualTo(100);
                      });
            });
  }

  @ParameterizedTest
  @EnumSource
  void aTargetThatComesWhileItRunsHasItsOwnAndThoseOfItsRoute(Way way) {
    runner.run(
        context -> {
          TestPropertyValues.of(
                  "resilient.routes.chat.targets=west",
                  "resilient.targets.west.model=m",
                  "resilient.targets.west.region=us-west-2",
                  "resilient.targets.west.options.top-p=0.5")
              .applyTo(context);
          context.getBean(Reload.class).reload(false);

          way.ask(context, "chat", null);

          assertThat(sent)
              .singleElement()
              .satisfies(
                  config -> {
                    assertThat(config.temperature()).isEqualTo(0.2f);
                    assertThat(config.topP()).isEqualTo(0.5f);
                    assertThat(config.stopSequences()).containsExactly("END");
                  });
        });
  }

  /** Keeps what is sent, as the SDK is told. */
  private record Recording(Queue<InferenceConfiguration> sent) implements BedrockClientCustomizer {

    @Override
    public void customize(
        BedrockAccount account, Region region, BedrockRuntimeClientBuilder builder) {
      builder.overrideConfiguration(
          builder.overrideConfiguration().toBuilder().addExecutionInterceptor(reader()).build());
    }

    @Override
    public void customize(
        BedrockAccount account, Region region, BedrockRuntimeAsyncClientBuilder builder) {
      builder.overrideConfiguration(
          builder.overrideConfiguration().toBuilder().addExecutionInterceptor(reader()).build());
    }

    private ExecutionInterceptor reader() {
      return new ExecutionInterceptor() {
        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes unused) {
          SdkRequest request = context.request();
          if (request instanceof ConverseRequest whole) {
            sent.add(whole.inferenceConfig());
          } else if (request instanceof ConverseStreamRequest streamed) {
            sent.add(streamed.inferenceConfig());
          }
        }
      };
    }
  }
}
