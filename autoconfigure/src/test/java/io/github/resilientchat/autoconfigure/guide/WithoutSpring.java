package io.github.resilientchat.autoconfigure.guide;

import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.bedrock.BedrockClients;
import io.github.resilientchat.bedrock.BedrockTargets;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.AnonymousCallers;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.Plan;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.route.HedgePolicy;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import io.github.resilientchat.langchain4j.ResilientStreamingChatModel;
import java.time.Duration;
import software.amazon.awssdk.regions.Region;

/** The program of the guide "without Spring". */
final class WithoutSpring implements AutoCloseable {

  private final BedrockClients clients = BedrockClients.create();
  private final BedrockAccount account;
  final ResilientChatModel chat;
  final ResilientChatModel withDefaults;
  final ResilientStreamingChatModel stream;

  WithoutSpring(BedrockAccount account) {
    this.account = account;
    // snippet: targets
    Target sonnet =
        Target.builder("sonnet")
            .model("us.anthropic.claude-sonnet-4-6")
            .region("us-east-1")
            .account(account.name())
            .weight(3)
            .limits(Limits.parse("200rpm, 400ktpm"))
            .build();
    Target haiku =
        Target.builder("haiku")
            .model("us.anthropic.claude-haiku-4-5-20251001-v1:0")
            .region("us-west-2")
            .account(account.name())
            .build();
    // end
    // snippet: routes
    Route answers =
        Route.named("chat")
            .tier(sonnet)
            .tier(haiku)
            .policy(
                RoutePolicy.DEFAULTS
                    .withTimeout(Duration.ofSeconds(60))
                    .withAttemptTimeout(Duration.ofSeconds(25))
                    .withHedge(new HedgePolicy(Duration.ofSeconds(2), 5)))
            .build();
    Route batch =
        Route.named("batch").tier(haiku, sonnet).strategy(RoutingStrategy.ordered()).build();
    // end
    // snippet: quotas
    PlanQuotas quotas =
        PlanQuotas.builder()
            .limits(Limits.parse("60rpm, 100ktpm"))
            .plans(
                Plan.named("trial").limits(Limits.parse("2rpm")).users("grace").build(),
                Plan.named("pro").limits(Limits.parse("300rpm")).groups("llm-pro").build())
            .applicationLimits(Limits.parse("5krpm"))
            .anonymous(AnonymousCallers.SHARED)
            .build();
    // end
    // snippet: engine
    Engine engine = Engine.builder().quotas(quotas).build();

    chat =
        ResilientChatModel.builder()
            .engine(engine)
            .route(answers, this::model)
            .route(batch, this::model)
            .build();
    stream =
        ResilientStreamingChatModel.builder()
            .engine(engine)
            .route(answers, this::streamingModel)
            .build();
    // end
    withDefaults = withDefaults(engine, answers, batch);
  }

  // snippet: models
  ChatModel model(Target target) {
    return BedrockChatModel.builder()
        .client(clients.client(account, Region.of(target.region())))
        .modelId(target.model())
        .maxRetries(0)
        .build();
  }

  StreamingChatModel streamingModel(Target target) {
    return BedrockStreamingChatModel.builder()
        .client(clients.asyncClient(account, Region.of(target.region())))
        .modelId(target.model())
        .build();
  }

  // end

  // snippet: two-targets
  ResilientChatModel twoTargets() {
    BedrockTargets bedrock = BedrockTargets.of(clients, account);
    BedrockTargets.Place sonnet = bedrock.in("us-east-1", "us.anthropic.claude-sonnet-4-6");
    BedrockTargets.Place nova = bedrock.in("us-west-2", "us.amazon.nova-pro-v1:0");

    return ResilientChatModel.builder()
        .target(sonnet.target(), model(sonnet))
        .fallback(nova.target(), model(nova))
        .build();
  }

  private static ChatModel model(BedrockTargets.Place place) {
    return BedrockChatModel.builder()
        .client(place.client())
        .modelId(place.modelId())
        .maxRetries(0)
        .build();
  }

  // end

  // snippet: options
  ResilientChatModel withDefaults(Engine engine, Route answers, Route batch) {
    return ResilientChatModel.builder()
        .engine(engine)
        .route(answers, this::model)
        .route(batch, this::model)
        .defaultRequestParameters(ChatRequestParameters.builder().maxOutputTokens(2_000).build())
        .routeRequestParameters(
            "batch", ChatRequestParameters.builder().temperature(0.0).maxOutputTokens(500).build())
        .modelRequestParameters(
            "us.anthropic.claude-sonnet-4-6", ChatRequestParameters.builder().topP(0.9).build())
        .targetRequestParameters("haiku", ChatRequestParameters.builder().temperature(0.2).build())
        .build();
  }

  // end

  String ask(String question) {
    // snippet: caller
    String answer = CallerScope.callAs(Caller.user("ada"), () -> chat.chat(question));
    String night = chat.forRoute("batch").chat(question);
    // end
    return answer + night;
  }

  String askAs(Caller caller, String question) {
    return CallerScope.callAs(caller, () -> chat.chat(question));
  }

  // snippet: close
  @Override
  public void close() {
    clients.close();
  }
  // end
}
