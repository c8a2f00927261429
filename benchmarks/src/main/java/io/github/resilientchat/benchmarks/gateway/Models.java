package io.github.resilientchat.benchmarks.gateway;

import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.bedrock.BedrockClients;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import io.github.resilientchat.simulator.BedrockSimulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** The contenders, each a LangChain4j model over the same accounts of one simulated Bedrock. */
final class Models implements AutoCloseable {

  static final String FIRST = "blue";
  static final String SECOND = "green";

  private static final String MODEL = "amazon.nova-pro-v1:0";
  private static final String FALLBACK_MODEL = "amazon.nova-lite-v1:0";
  private static final String REGION = "us-east-1";
  private static final String FALLBACK_REGION = "us-west-2";
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** As many at once as ours allows, so that nobody waits for a connection. */
  private static final int CONNECTIONS = 500;

  private final URI bedrock;
  private final URI gateway;
  private final BedrockClients clients = BedrockClients.create();
  private final BedrockRuntimeClient plain;

  Models(URI bedrock, URI gateway) {
    this.bedrock = bedrock;
    this.gateway = gateway;
    this.plain =
        BedrockRuntimeClient.builder()
            .region(Region.of(REGION))
            .endpointOverride(bedrock)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        BedrockSimulator.accessKey(SECOND), BedrockSimulator.secretKey())))
            .httpClientBuilder(Apache5HttpClient.builder().maxConnections(CONNECTIONS))
            .build();
  }

  /** The framework's model on the SDK's client: one account, no routing. */
  ChatModel bare() {
    return BedrockChatModel.builder().client(plain).modelId(MODEL).maxRetries(0).build();
  }

  /** Two accounts beside each other, and a fallback. */
  ChatModel ours() {
    return ours(
        Route.named("chat")
            .tier(target(FIRST, REGION, MODEL), target(SECOND, REGION, MODEL))
            .tier(target(SECOND, FALLBACK_REGION, FALLBACK_MODEL))
            .build());
  }

  /** The first account, then the second, with an engine that knows nothing yet. */
  ChatModel oursInOrder() {
    return ours(
        Route.named("chat")
            .tier(target(FIRST, REGION, MODEL), target(SECOND, REGION, MODEL))
            .strategy(RoutingStrategy.ordered())
            .build());
  }

  private ChatModel ours(Route route) {
    return ResilientChatModel.builder()
        .engine(Engine.builder().build())
        .route(
            route,
            target ->
                BedrockChatModel.builder()
                    .client(clients.client(account(target.account()), Region.of(target.region())))
                    .modelId(target.model())
                    .maxRetries(0)
                    .build())
        .build();
  }

  /** The same targets as {@link #ours()}, behind the gateway. */
  ChatModel gateway() {
    return gateway(
        """
        {"strategy": {"mode": "fallback"}, "targets": [
          {"strategy": {"mode": "loadbalance"}, "targets": [%s, %s]},
          %s]}"""
            .formatted(
                provider(FIRST, REGION, MODEL),
                provider(SECOND, REGION, MODEL),
                provider(SECOND, FALLBACK_REGION, FALLBACK_MODEL)));
  }

  /** The same targets as {@link #oursInOrder()}, behind the gateway. */
  ChatModel gatewayInOrder() {
    return gateway(
        """
        {"strategy": {"mode": "fallback"}, "targets": [%s, %s]}"""
            .formatted(provider(FIRST, REGION, MODEL), provider(SECOND, REGION, MODEL)));
  }

  private ChatModel gateway(String config) {
    String oneLine = config.lines().map(String::strip).collect(Collectors.joining());
    return OpenAiChatModel.builder()
        .baseUrl(gateway.toString())
        .apiKey("none")
        .modelName("chat")
        .customHeaders(Map.of("x-portkey-config", oneLine))
        .httpClientBuilder(
            new JdkHttpClientBuilder()
                .httpClientBuilder(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)))
        .timeout(LONGEST)
        .maxRetries(0)
        .build();
  }

  private String provider(String account, String region, String model) {
    return """
    {"provider": "bedrock", "aws_access_key_id": "%s", "aws_secret_access_key": "%s", \
    "aws_region": "%s", "custom_host": "%s", "override_params": {"model": "%s"}}"""
        .formatted(
            BedrockSimulator.accessKey(account),
            BedrockSimulator.secretKey(),
            region,
            bedrock,
            model);
  }

  private static Target target(String account, String region, String model) {
    return Target.builder(String.join("-", List.of(account, region)))
        .model(model)
        .region(region)
        .account(account)
        .build();
  }

  private BedrockAccount account(String name) {
    return BedrockAccount.staticKeys(
            name, BedrockSimulator.accessKey(name), BedrockSimulator.secretKey(), null)
        .withEndpoint(bedrock);
  }

  @Override
  public void close() {
    plain.close();
    clients.close();
  }
}
