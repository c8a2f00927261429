package io.github.resilientchat.benchmarks.chaos;

import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.bedrock.converse.BedrockProxyChatModel;
import org.springframework.ai.model.tool.ToolCallingManager;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/**
 * The framework's own model on the SDK's own clients: their defaults, retries too, and the total
 * time.
 */
final class PlainModel implements Model {

  private final BedrockRuntimeClient client;
  private final BedrockRuntimeAsyncClient async;
  private final Asking asking;

  PlainModel(Framework framework, boolean streaming, Where where) {
    client = located(BedrockRuntimeClient.builder(), where).build();
    async = located(BedrockRuntimeAsyncClient.builder(), where).build();
    asking = framework == Framework.LANGCHAIN4J ? langChain4j(streaming) : springAi(streaming);
  }

  @Override
  public Asking asking() {
    return asking;
  }

  @Override
  public List<Asking> targets() {
    return List.of(asking);
  }

  @Override
  public Books books() {
    return Books.NONE;
  }

  @Override
  public void close() {
    client.close();
    async.close();
  }

  private Asking langChain4j(boolean streaming) {
    return streaming
        ? Framework.streaming(
            BedrockStreamingChatModel.builder().client(async).modelId(Where.MODEL).build())
        : Framework.blocking(
            BedrockChatModel.builder().client(client).modelId(Where.MODEL).build());
  }

  private Asking springAi(boolean streaming) {
    BedrockProxyChatModel model =
        new BedrockProxyChatModel(
            client,
            async,
            BedrockChatOptions.builder().model(Where.MODEL).build(),
            ObservationRegistry.NOOP,
            ToolCallingManager.builder().build());
    return streaming ? Framework.streaming(model) : Framework.blocking(model);
  }

  private static <B extends AwsClientBuilder<B, ?>> B located(B builder, Where where) {
    return builder
        .region(Where.regionOf(where.account()))
        .endpointOverride(where.endpoint())
        .credentialsProvider(where.keys())
        .overrideConfiguration(
            config -> config.apiCallTimeout(Timing.TOTAL).addExecutionInterceptor(where.meter()));
  }
}
