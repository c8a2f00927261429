package io.github.resilientchat.streaming;

import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.bedrock.BedrockClients;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.bedrock.converse.BedrockProxyChatModel;
import org.springframework.ai.model.tool.ToolCallingManager;
import software.amazon.awssdk.regions.Region;

/** A simulated Bedrock, and the frameworks' own models of its accounts, over one protocol. */
public final class Lab implements AutoCloseable {

  public static final String MODEL = "amazon.nova-pro-v1:0";
  public static final Duration AT_MOST = Duration.ofSeconds(20);

  private static final Region REGION = Region.US_EAST_1;

  /** Spring AI's model drops words that are queued when an error comes behind. */
  private static final Duration SPACED = Duration.ofMillis(4);

  final Wire wire;
  public final BedrockSimulator bedrock;
  private final BedrockClients clients;

  Lab(Wire wire) {
    this(wire, SPACED);
  }

  /**
   * @param interval between two frames of a stream
   */
  public Lab(Wire wire, Duration interval) {
    this.wire = wire;
    this.bedrock = BedrockSimulator.builder().tokenInterval(interval).start();
    this.clients = BedrockClients.builder().protocol(wire.protocol).build();
  }

  /** An empty log, no faults, and what each account answers. */
  void reset(Function<String, Answer> answers) {
    bedrock.reset();
    bedrock.answer(call -> answers.apply(call.account()));
  }

  /** Nothing goes wrong any more; the log goes on. */
  void heal() {
    bedrock.clearFaults();
    bedrock.answer(call -> Words.brief(call.account()));
  }

  public ChatModel chat(String account) {
    return BedrockChatModel.builder()
        .client(clients.client(account(account), REGION))
        .modelId(MODEL)
        .maxRetries(0)
        .build();
  }

  public StreamingChatModel stream(String account) {
    return BedrockStreamingChatModel.builder()
        .client(clients.asyncClient(account(account), REGION))
        .modelId(MODEL)
        .returnThinking(true)
        .build();
  }

  public org.springframework.ai.chat.model.ChatModel springAi(String account) {
    return new BedrockProxyChatModel(
        clients.client(account(account), REGION),
        clients.asyncClient(account(account), REGION),
        BedrockChatOptions.builder().model(MODEL).build(),
        ObservationRegistry.NOOP,
        ToolCallingManager.builder().build());
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
