package io.github.resilientchat.springai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.bedrock.BedrockClients;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.ConverseCall;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Invocation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.bedrock.converse.BedrockProxyChatModel;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** Spring AI's real Bedrock model against a simulated Bedrock with two models. */
final class Simulated implements ExtensionContext.Store.CloseableResource {

  static final Target PRIMARY = target("primary");
  static final Target FALLBACK = target("fallback");
  private static final Duration AT_MOST = Duration.ofMinutes(1);

  /**
   * Spaced frames, because an error right behind a text overtakes it: Spring AI's model hands both
   * through a sink whose error drops what is still queued. No space is wide enough for every pause
   * of a machine: a test of such an error asks {@link #bothSubscribedFirst}.
   */
  final BedrockSimulator bedrock =
      BedrockSimulator.builder().tokenInterval(Duration.ofMillis(5)).start();

  final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
  private final BedrockClients clients = BedrockClients.create();
  private final BedrockAccount account =
      BedrockAccount.staticKeys(
              "main", BedrockSimulator.accessKey("main"), BedrockSimulator.secretKey(), null)
          .withEndpoint(bedrock.endpoint());

  Simulated() {
    bedrock.model(PRIMARY.model());
    bedrock.model(FALLBACK.model());
    reset();
    // The first call of a process takes seconds, which no test of a timeout should count.
    primary().call(new Prompt("warm up"));
    primary().stream(new Prompt("warm up")).blockLast(AT_MOST);
  }

  /** Once the calls of the test before have ended: they would count as open in the next. */
  void reset() {
    awaitIdle();
    bedrock.reset();
    bodies.clear();
    answer(call -> Answer.text("Answer of " + call.modelId() + "."));
  }

  private static Target target(String name) {
    return Target.builder(name)
        .model("test." + name + "-v1")
        .region("us-east-1")
        .account("main")
        .build();
  }

  void answer(Function<ConverseCall, Answer> script) {
    bedrock.answer(
        call -> {
          bodies.add(call.request());
          return script.apply(call);
        });
  }

  /** The primary's options would show on the wire wherever they end up. */
  ChatModel primary() {
    return primary(asyncClient());
  }

  private ChatModel primary(BedrockRuntimeAsyncClient streaming) {
    return model(
        streaming,
        BedrockChatOptions.builder().model(PRIMARY.model()).maxTokens(111).temperature(0.1).build(),
        ObservationRegistry.NOOP);
  }

  ChatModel fallback() {
    return model(
        BedrockChatOptions.builder().model(FALLBACK.model()).maxTokens(900).build(),
        ObservationRegistry.NOOP);
  }

  ChatModel model(BedrockChatOptions options, ObservationRegistry observations) {
    return model(asyncClient(), options, observations);
  }

  private ChatModel model(
      BedrockRuntimeAsyncClient streaming,
      BedrockChatOptions options,
      ObservationRegistry observations) {
    return new BedrockProxyChatModel(
        client(), streaming, options, observations, ToolCallingManager.builder().build());
  }

  BedrockRuntimeClient client() {
    return clients.client(account, Region.US_EAST_1);
  }

  BedrockRuntimeAsyncClient asyncClient() {
    return clients.asyncClient(account, Region.US_EAST_1);
  }

  ResilientChatModel.Builder both() {
    return ResilientChatModel.builder().target(PRIMARY, primary()).fallback(FALLBACK, fallback());
  }

  /** For a primary that breaks: its words are heard before the error, whoever is held up. */
  ResilientChatModel.Builder bothSubscribedFirst() {
    return ResilientChatModel.builder()
        .target(PRIMARY, new SubscribedFirst(asyncClient(), this::primary))
        .fallback(FALLBACK, fallback());
  }

  void primaryFails(int status, String type) {
    bedrock.fault(Fault.httpError(status, type, "injected").model(PRIMARY.model()));
  }

  /** Names of the models that were called, in the order in which their calls ended. */
  List<String> called(int count) {
    try {
      return bedrock.awaitInvocations(count, AT_MOST).stream()
          .map(Invocation::modelId)
          .map(id -> id.substring("test.".length(), id.length() - "-v1".length()))
          .toList();
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitIdle() {
    try {
      bedrock.awaitIdle(AT_MOST);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    clients.close();
    bedrock.close();
  }
}
