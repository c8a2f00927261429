package io.github.resilientchat.benchmarks.soak;

import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import io.github.resilientchat.benchmarks.rig.Voices;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.bedrock.converse.BedrockProxyChatModel;
import org.springframework.ai.model.tool.ToolCallingManager;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** The frameworks' own models on the SDK's own clients with their defaults, in turn. */
final class Undecorated {

  /** The SDK's default of 50 would make the callers wait for each other. */
  private static final int CONCURRENCY = 500;

  private Undecorated() {}

  static Streams langChain4j(URI endpoint) {
    return inTurn(
        account ->
            Listening.to(
                BedrockStreamingChatModel.builder()
                    .client(client(endpoint, account))
                    .modelId(Decorated.MODEL)
                    .build()));
  }

  static Streams springAi(URI endpoint) {
    return inTurn(
        account ->
            Listening.to(
                new BedrockProxyChatModel(
                    BedrockRuntimeClient.builder()
                        .region(Region.of(Voices.regionOf(account)))
                        .endpointOverride(endpoint)
                        .credentialsProvider(keys(account))
                        .build(),
                    client(endpoint, account),
                    BedrockChatOptions.builder().model(Decorated.MODEL).build(),
                    ObservationRegistry.NOOP,
                    ToolCallingManager.builder().build())));
  }

  private static Streams inTurn(Function<String, Streams> model) {
    List<Streams> models = Voices.ACCOUNTS.stream().map(model).toList();
    AtomicInteger turn = new AtomicInteger();
    return call -> models.get(Math.floorMod(turn.getAndIncrement(), models.size())).start(call);
  }

  private static BedrockRuntimeAsyncClient client(URI endpoint, String account) {
    return BedrockRuntimeAsyncClient.builder()
        .region(Region.of(Voices.regionOf(account)))
        .endpointOverride(endpoint)
        .credentialsProvider(keys(account))
        .httpClientBuilder(NettyNioAsyncHttpClient.builder().maxConcurrency(CONCURRENCY))
        .build();
  }

  private static AwsCredentialsProvider keys(String account) {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(
            BedrockSimulator.accessKey(account), BedrockSimulator.secretKey()));
  }
}
