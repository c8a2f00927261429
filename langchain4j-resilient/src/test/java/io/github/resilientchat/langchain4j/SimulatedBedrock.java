package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.bedrock.BedrockClients;
import io.github.resilientchat.core.adapter.StreamThreads;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Invocation;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.regions.Region;

/** The simulator and LangChain4j's own Bedrock models of two accounts on it, blue and green. */
final class SimulatedBedrock implements AutoCloseable {

  static final String MODEL = "amazon.nova-pro-v1:0";
  static final Duration PATIENCE = Duration.ofSeconds(30);

  final BedrockSimulator bedrock;
  private final BedrockClients clients;

  SimulatedBedrock() {
    this(BedrockClients.create());
  }

  SimulatedBedrock(BedrockClients clients) {
    this(Duration.ofMillis(2), clients);
  }

  SimulatedBedrock(Duration tokenInterval) {
    this(tokenInterval, BedrockClients.create());
  }

  private SimulatedBedrock(Duration tokenInterval, BedrockClients clients) {
    this.bedrock = BedrockSimulator.builder().tokenInterval(tokenInterval).start();
    this.clients = clients;
  }

  ChatModel model(String account) {
    return model(account, MODEL);
  }

  ChatModel model(String account, String modelId) {
    return builder(account, modelId).build();
  }

  BedrockChatModel.Builder builder(String account, String modelId) {
    return builder(account, modelId, Region.US_EAST_1);
  }

  BedrockChatModel.Builder builder(String account, String modelId, Region region) {
    return BedrockChatModel.builder()
        .client(clients.client(account(account), region))
        .modelId(modelId)
        .maxRetries(0);
  }

  StreamingChatModel stream(String account) {
    return BedrockStreamingChatModel.builder()
        .client(clients.asyncClient(account(account), Region.US_EAST_1))
        .modelId(MODEL)
        .build();
  }

  /** Blue, and green when blue cannot answer. */
  ResilientChatModel resilient(RoutePolicy policy) {
    return ResilientChatModel.builder()
        .target(target("blue"), model("blue"))
        .fallback(target("green"), model("green"))
        .policy(policy)
        .build();
  }

  /** Blue, and green when blue cannot answer. */
  ResilientStreamingChatModel resilientStream(Engine engine, RoutePolicy policy) {
    return resilientStream(engine, policy, StreamThreads.shared());
  }

  /** Blue, and green when blue cannot answer. */
  ResilientStreamingChatModel resilientStream(
      Engine engine, RoutePolicy policy, StreamThreads threads) {
    return ResilientStreamingChatModel.builder()
        .engine(engine)
        .threads(threads)
        .target(target("blue"), stream("blue"))
        .fallback(target("green"), stream("green"))
        .policy(policy)
        .build();
  }

  static Target target(String account) {
    return Target.builder(account).model(MODEL).region("us-east-1").account(account).build();
  }

  /** Accounts of the calls that have ended, in order, once no call is open. */
  List<String> accountsCalled() throws Exception {
    return ended().stream().map(Invocation::account).toList();
  }

  /** The calls that have ended, once no call is open. */
  List<Invocation> ended() throws Exception {
    bedrock.awaitIdle(PATIENCE);
    return bedrock.invocations();
  }

  private BedrockAccount account(String name) {
    return BedrockAccount.staticKeys(
            name, BedrockSimulator.accessKey(name), BedrockSimulator.secretKey(), null)
        .withEndpoint(bedrock.endpoint());
  }

  @Override
  public void close() {
    clients.close();
    bedrock.close();
  }
}
