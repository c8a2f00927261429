package io.github.resilientchat.streaming;

import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.bedrock.BedrockClients;
import io.github.resilientchat.bedrock.BedrockTargets;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.RetryPolicy;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.bedrock.converse.BedrockProxyChatModel;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;

/**
 * One route over one model in several places, in their order, asked through both frameworks' own
 * Bedrock models.
 */
final class BedrockModels implements AutoCloseable {

  static final String NOVA = "amazon.nova-pro-v1:0";

  /** Ends when the call does, with its error if it failed. */
  @FunctionalInterface
  interface Ask {
    void by(Engine engine);
  }

  /** What became of a call. */
  record Ended(CallReport report, @Nullable RuntimeException error) {}

  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final BedrockSimulator bedrock;
  private final BedrockClients clients = BedrockClients.create();
  private final Map<Target, BedrockTargets.Place> places = new LinkedHashMap<>();
  private final BlockingQueue<CallReport> reports = new LinkedBlockingQueue<>();

  BedrockModels(BedrockSimulator bedrock) {
    this.bedrock = bedrock;
  }

  BedrockModels in(String region, String account) {
    BedrockAccount of =
        BedrockAccount.staticKeys(
                account, BedrockSimulator.accessKey(account), BedrockSimulator.secretKey(), null)
            .withEndpoint(bedrock.endpoint());
    BedrockTargets.Place place = BedrockTargets.of(clients, of).in(region, NOVA);
    places.put(place.target(), place);
    return this;
  }

  /** Asks with an engine of its own, which knows nothing of earlier calls. */
  Ended ended(Ask ask) throws InterruptedException {
    reports.clear();
    @Nullable RuntimeException error = null;
    try {
      ask.by(engine());
    } catch (CompletionException wrapped) {
      error = (RuntimeException) wrapped.getCause();
    } catch (RuntimeException toTheCaller) {
      error = toTheCaller;
    }
    return new Ended(Objects.requireNonNull(reports.poll(20, TimeUnit.SECONDS)), error);
  }

  private Engine engine() {
    return Engine.builder()
        .listener(
            new RouteListener() {
              @Override
              public void onCall(CallReport report) {
                reports.add(report);
              }
            })
        .build();
  }

  void callLangChain4j(Engine engine) {
    io.github.resilientchat.langchain4j.ResilientChatModel.builder()
        .engine(engine)
        .route(
            route(),
            target ->
                BedrockChatModel.builder()
                    .client(at(target).client())
                    .modelId(at(target).modelId())
                    .maxRetries(0)
                    .build())
        .defaultRoute("chat")
        .build()
        .chat("hello");
  }

  void streamLangChain4j(Engine engine) {
    CompletableFuture<ChatResponse> heard = new CompletableFuture<>();
    io.github.resilientchat.langchain4j.ResilientStreamingChatModel.builder()
        .engine(engine)
        .route(
            route(),
            target ->
                BedrockStreamingChatModel.builder()
                    .client(at(target).asyncClient())
                    .modelId(at(target).modelId())
                    .build())
        .defaultRoute("chat")
        .build()
        .chat(
            ChatRequest.builder()
                .messages(dev.langchain4j.data.message.UserMessage.from("hello"))
                .build(),
            new StreamingChatResponseHandler() {
              @Override
              public void onPartialResponse(String text) {}

              @Override
              public void onCompleteResponse(ChatResponse response) {
                heard.complete(response);
              }

              @Override
              public void onError(Throwable error) {
                heard.completeExceptionally(error);
              }
            });
    heard.join();
  }

  void callSpringAi(Engine engine) {
    springAi(engine).call(new Prompt("hello"));
  }

  void streamSpringAi(Engine engine) {
    springAi(engine).stream(new Prompt("hello")).blockLast();
  }

  private ChatModel springAi(Engine engine) {
    return io.github.resilientchat.springai.ResilientChatModel.builder()
        .engine(engine)
        .route(
            route(),
            target ->
                new BedrockProxyChatModel(
                    at(target).client(),
                    at(target).asyncClient(),
                    BedrockChatOptions.builder().model(at(target).modelId()).build(),
                    ObservationRegistry.NOOP,
                    ToolCallingManager.builder().build()))
        .defaultRoute("chat")
        .build();
  }

  private Route route() {
    return Route.named("chat")
        .strategy(RoutingStrategy.ordered())
        .policy(RoutePolicy.DEFAULTS.withRetry(new RetryPolicy(3, AT_ONCE, AT_ONCE, 20)))
        .tier(List.copyOf(places.keySet()))
        .build();
  }

  private BedrockTargets.Place at(Target target) {
    return Objects.requireNonNull(places.get(target));
  }

  @Override
  public void close() {
    clients.close();
  }
}
