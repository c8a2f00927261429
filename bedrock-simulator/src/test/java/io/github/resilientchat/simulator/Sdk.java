package io.github.resilientchat.simulator;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/** The real SDK clients, without retries, pointed at a simulator. */
final class Sdk {

  static final String NOVA = "amazon.nova-pro-v1:0";
  static final String US_CLAUDE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
  static final String GLOBAL_CLAUDE = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final SdkHttpClient APACHE = Apache5HttpClient.create();
  private static final SdkAsyncHttpClient NETTY_HTTP1 =
      NettyNioAsyncHttpClient.builder()
          .protocol(Protocol.HTTP1_1)
          .connectionTimeout(PATIENCE)
          .build();

  private Sdk() {}

  static BedrockRuntimeClient sync(BedrockSimulator simulator, String account, String region) {
    return configured(BedrockRuntimeClient.builder().httpClient(APACHE), simulator, account, region)
        .build();
  }

  static BedrockRuntimeClient sync(BedrockSimulator simulator) {
    return sync(simulator, "blue", "us-east-1");
  }

  /** The client as its builder leaves it speaks HTTP/2; the other one HTTP/1.1. */
  static BedrockRuntimeAsyncClient async(BedrockSimulator simulator, Protocol protocol) {
    var builder = BedrockRuntimeAsyncClient.builder();
    if (protocol == Protocol.HTTP1_1) {
      builder.httpClient(NETTY_HTTP1);
    }
    return configured(builder, simulator, "blue", "us-east-1").build();
  }

  private static <B extends AwsClientBuilder<B, C>, C> B configured(
      B builder, BedrockSimulator simulator, String account, String region) {
    return builder
        .endpointOverride(simulator.endpoint())
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    BedrockSimulator.accessKey(account), BedrockSimulator.secretKey())))
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
  }

  static Message user(String text) {
    return Message.builder().role("user").content(c -> c.text(text)).build();
  }

  static ConverseResponse ask(BedrockRuntimeClient client, String modelId) {
    return client.converse(r -> r.modelId(modelId).messages(user("Hello")));
  }

  static ConverseResponse ask(BedrockRuntimeClient client, String modelId, int maxTokens) {
    return client.converse(
        r ->
            r.modelId(modelId)
                .messages(user("Hello"))
                .inferenceConfig(c -> c.maxTokens(maxTokens)));
  }

  /** What a streaming call brought: its events and how it ended. */
  static final class Stream {
    final List<ConverseStreamOutput> events = new CopyOnWriteArrayList<>();
    final CompletableFuture<ConverseStreamOutput> first = new CompletableFuture<>();
    final CompletableFuture<Object> responded = new CompletableFuture<>();
    CompletableFuture<Void> done = new CompletableFuture<>();

    String types() {
      return String.join(" ", events.stream().map(e -> e.sdkEventType().toString()).toList());
    }

    Stream await() throws Exception {
      done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return this;
    }

    Throwable failure() throws Exception {
      try {
        await();
      } catch (ExecutionException e) {
        return e.getCause();
      }
      throw new AssertionError("completed normally after " + types());
    }
  }

  static Stream stream(BedrockRuntimeAsyncClient client, String modelId) {
    return stream(client, r -> r.modelId(modelId).messages(user("Hello")));
  }

  static Stream stream(
      BedrockRuntimeAsyncClient client, Consumer<ConverseStreamRequest.Builder> request) {
    Stream stream = new Stream();
    stream.done =
        client.converseStream(
            request,
            ConverseStreamResponseHandler.builder()
                .onResponse(stream.responded::complete)
                .subscriber(
                    event -> {
                      stream.events.add(event);
                      stream.first.complete(event);
                    })
                .build());
    return stream;
  }
}
