package io.github.resilientchat.benchmarks.chaos;

import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.bedrock.BedrockClientCustomizer;
import io.github.resilientchat.bedrock.BedrockClients;
import io.github.resilientchat.benchmarks.rig.Voices;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.LimitLedger;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.Reservation;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Signals;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.core.route.TargetSignals;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import io.github.resilientchat.langchain4j.ResilientStreamingChatModel;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.bedrock.converse.BedrockProxyChatModel;
import org.springframework.ai.model.tool.ToolCallingManager;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClientBuilder;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClientBuilder;

/** The decorator over the framework's models, with a route's defaults but for its times. */
final class DecoratedModel implements Model {

  private static final String LIMIT = "1kpar";

  private final LimitLedger callers = new LimitLedger(Limits.parse(LIMIT), Ticker.system());
  private final Engine engine =
      Engine.builder()
          .quotas(
              call ->
                  callers.tryReserve(call.estimate().total()) instanceof Reservation reservation
                      ? new Admission.Granted(reservation)
                      : new Admission.Refused("chaos", LIMIT, Timing.TOTAL))
          .build();
  private final Map<String, Where> places;
  private final Map<String, BedrockAccount> accounts;
  private final BedrockClients clients;
  private final Asking asking;
  private final List<Asking> targets = new CopyOnWriteArrayList<>();
  private volatile @Nullable Signals signals;

  DecoratedModel(Framework framework, boolean streaming, List<Where> where) {
    places = where.stream().collect(Collectors.toMap(Where::account, Function.identity()));
    accounts =
        where.stream()
            .collect(
                Collectors.toMap(
                    Where::account,
                    each ->
                        BedrockAccount.of(each.account(), each.keys())
                            .withEndpoint(each.endpoint())));
    clients = BedrockClients.builder().customizer(new Metering()).build();
    Route route = route(where);
    asking =
        framework == Framework.SPRING_AI
            ? springAi(route, streaming)
            : streaming ? langChain4jStreaming(route) : langChain4j(route);
  }

  @Override
  public Asking asking() {
    return asking;
  }

  @Override
  public List<Asking> targets() {
    return targets;
  }

  @Override
  public Books books() {
    Signals all = Objects.requireNonNull(signals, "no route was built");
    List<TargetSignals> each =
        accounts.keySet().stream().map(DecoratedModel::target).map(all::of).toList();
    return new Books(
        each.stream().mapToLong(TargetSignals::inFlight).sum(),
        each.stream().filter(target -> target.quotaLeft(all.now()) < 1).count(),
        callers.running());
  }

  @Override
  public void close() {
    clients.close();
  }

  private Route route(List<Where> where) {
    Duration attempt = where.size() == 1 ? Timing.TOTAL : Timing.ATTEMPT;
    RoutingStrategy adaptive = RoutingStrategy.adaptive();
    return Route.named("chaos")
        .tier(where.stream().map(each -> target(each.account())).toList())
        .strategy(
            (tier, all) -> {
              signals = all;
              return adaptive.over(tier, all);
            })
        .policy(
            RoutePolicy.DEFAULTS
                .withTimeout(Timing.TOTAL)
                .withAttemptTimeout(attempt)
                .withFirstTokenTimeout(attempt)
                .withIdleTimeout(attempt))
        .build();
  }

  private static Target target(String account) {
    return Target.builder(account)
        .model(Where.MODEL)
        .region(Voices.regionOf(account))
        .account(account)
        .limits(Limits.parse(LIMIT))
        .build();
  }

  private Asking langChain4j(Route route) {
    return Framework.blocking(
        ResilientChatModel.builder()
            .engine(engine)
            .route(
                route,
                target -> {
                  BedrockChatModel model =
                      BedrockChatModel.builder()
                          .client(client(target))
                          .modelId(Where.MODEL)
                          .maxRetries(0)
                          .build();
                  targets.add(Framework.blocking(model));
                  return model;
                })
            .build());
  }

  private Asking langChain4jStreaming(Route route) {
    return Framework.streaming(
        ResilientStreamingChatModel.builder()
            .engine(engine)
            .route(
                route,
                target -> {
                  BedrockStreamingChatModel model =
                      BedrockStreamingChatModel.builder()
                          .client(asyncClient(target))
                          .modelId(Where.MODEL)
                          .build();
                  targets.add(Framework.streaming(model));
                  return model;
                })
            .build());
  }

  private Asking springAi(Route route, boolean streaming) {
    io.github.resilientchat.springai.ResilientChatModel model =
        io.github.resilientchat.springai.ResilientChatModel.builder()
            .engine(engine)
            .route(
                route,
                target -> {
                  BedrockProxyChatModel each =
                      new BedrockProxyChatModel(
                          client(target),
                          asyncClient(target),
                          BedrockChatOptions.builder().model(Where.MODEL).build(),
                          ObservationRegistry.NOOP,
                          ToolCallingManager.builder().build());
                  targets.add(springAi(each, streaming));
                  return each;
                })
            .build();
    return springAi(model, streaming);
  }

  private static Asking springAi(
      org.springframework.ai.chat.model.ChatModel model, boolean streaming) {
    return streaming ? Framework.streaming(model) : Framework.blocking(model);
  }

  private BedrockRuntimeClient client(Target target) {
    return clients.client(account(target), Where.regionOf(target.account()));
  }

  private BedrockRuntimeAsyncClient asyncClient(Target target) {
    return clients.asyncClient(account(target), Where.regionOf(target.account()));
  }

  private BedrockAccount account(Target target) {
    return Objects.requireNonNull(accounts.get(target.account()));
  }

  private final class Metering implements BedrockClientCustomizer {

    @Override
    public void customize(
        BedrockAccount account, Region region, BedrockRuntimeClientBuilder builder) {
      builder.overrideConfiguration(
          builder.overrideConfiguration().toBuilder()
              .addExecutionInterceptor(meter(account))
              .build());
    }

    @Override
    public void customize(
        BedrockAccount account, Region region, BedrockRuntimeAsyncClientBuilder builder) {
      builder.overrideConfiguration(
          builder.overrideConfiguration().toBuilder()
              .addExecutionInterceptor(meter(account))
              .build());
    }

    private Meter meter(BedrockAccount account) {
      return Objects.requireNonNull(places.get(account.name())).meter();
    }
  }
}
