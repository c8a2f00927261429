package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.simulator.BedrockSimulator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/** The simulator, an account on it, and calls to it. */
final class Simulated implements AutoCloseable {

  static final String MODEL = "amazon.nova-pro-v1:0";
  static final Region REGION = Region.US_EAST_1;
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** At least so long between two words of a streamed answer. */
  static final Duration TOKEN_INTERVAL = Duration.ofMillis(2);

  final BedrockSimulator bedrock;
  final BedrockClients clients;
  final BedrockAccount account;

  private Simulated(BedrockSimulator bedrock, BedrockClients clients) {
    this.bedrock = bedrock;
    this.clients = clients;
    this.account = account("blue");
  }

  static Simulated start() {
    return with(builder -> builder);
  }

  static Simulated over(Protocol protocol) {
    return over(protocol, builder -> builder);
  }

  static Simulated over(
      Protocol protocol, Function<BedrockClients.Builder, BedrockClients.Builder> options) {
    return with(
        builder -> options.apply(builder.protocol(protocol == Protocol.HTTP1_1 ? protocol : null)));
  }

  /** Sends as fast as it is read. */
  static Simulated unpaced(Protocol protocol) {
    return new Simulated(
        BedrockSimulator.start(),
        BedrockClients.builder().protocol(protocol == Protocol.HTTP1_1 ? protocol : null).build());
  }

  static Simulated with(Function<BedrockClients.Builder, BedrockClients.Builder> options) {
    BedrockSimulator bedrock = BedrockSimulator.builder().tokenInterval(TOKEN_INTERVAL).start();
    return new Simulated(bedrock, options.apply(BedrockClients.builder()).build());
  }

  BedrockAccount account(String name) {
    return BedrockAccount.staticKeys(
            name, BedrockSimulator.accessKey(name), BedrockSimulator.secretKey(), null)
        .withEndpoint(bedrock.endpoint());
  }

  BedrockRuntimeClient client() {
    return clients.client(account, REGION);
  }

  BedrockRuntimeAsyncClient asyncClient() {
    return clients.asyncClient(account, REGION);
  }

  ConverseResponse ask() {
    return client().converse(question());
  }

  RecordedStream stream() {
    return RecordedStream.of(asyncClient());
  }

  static ConverseRequest question() {
    return ConverseRequest.builder().modelId(MODEL).messages(user()).build();
  }

  static ConverseStreamRequest streamedQuestion() {
    return ConverseStreamRequest.builder().modelId(MODEL).messages(user()).build();
  }

  private static List<Message> user() {
    return List.of(Message.builder().role("user").content(c -> c.text("Hello")).build());
  }

  /** Runs this as the driver of an attempt does. */
  static <T> T within(Exchange exchange, Supplier<T> call) {
    try (Exchange.Scope ignored = exchange.open()) {
      return call.get();
    }
  }

  static Optional<Throwable> failureOf(CompletableFuture<?> future) {
    return Optional.ofNullable(
        future
            .handle((nothing, error) -> error)
            .orTimeout(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
            .join());
  }

  @Override
  public void close() {
    clients.close();
    bedrock.close();
  }
}
