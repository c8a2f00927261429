package io.github.resilientchat.benchmarks.soak;

import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.github.resilientchat.bedrock.BedrockAccount;
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
import io.github.resilientchat.langchain4j.ResilientStreamingChatModel;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.springai.ResilientChatModel;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.bedrock.converse.BedrockProxyChatModel;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.tool.ToolCallingManager;
import software.amazon.awssdk.regions.Region;

/** The decorators over all accounts of one simulator, and the books of their engine. */
final class Decorated {

  static final String MODEL = "amazon.nova-pro-v1:0";

  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final RoutePolicy POLICY =
      RoutePolicy.DEFAULTS
          .withTimeout(Duration.ofSeconds(20))
          .withFirstTokenTimeout(PATIENCE)
          .withIdleTimeout(PATIENCE)
          .withMaxWait(PATIENCE);

  private final BedrockClients clients = BedrockClients.create();
  private final LimitLedger callers = new LimitLedger(Limits.parse("1kpar"), Ticker.system());
  private final Engine engine =
      Engine.builder()
          .quotas(
              call ->
                  callers.tryReserve(call.estimate().total()) instanceof Reservation reservation
                      ? new Admission.Granted(reservation)
                      : new Admission.Refused("soak", "1kpar", PATIENCE))
          .build();
  private final URI endpoint;
  private volatile @Nullable Signals signals;

  Decorated(URI endpoint) {
    this.endpoint = endpoint;
  }

  StreamingChatModel langChain4j() {
    return ResilientStreamingChatModel.builder()
        .engine(engine)
        .route(
            route(),
            target ->
                BedrockStreamingChatModel.builder()
                    .client(clients.asyncClient(account(target), Region.of(target.region())))
                    .modelId(MODEL)
                    .build())
        .build();
  }

  ChatModel springAi() {
    return ResilientChatModel.builder()
        .engine(engine)
        .route(
            route(),
            target ->
                new BedrockProxyChatModel(
                    clients.client(account(target), Region.of(target.region())),
                    clients.asyncClient(account(target), Region.of(target.region())),
                    BedrockChatOptions.builder().model(MODEL).build(),
                    ObservationRegistry.NOOP,
                    ToolCallingManager.builder().build()))
        .build();
  }

  /** What nobody gave back. */
  record Books(long attempts, long permits, long reservations) {

    boolean balanced() {
      return attempts == 0 && permits == 0 && reservations == 0;
    }

    @Override
    public String toString() {
      return "attempts under way %d, targets with permits out %d, reservations open %d"
          .formatted(attempts, permits, reservations);
    }
  }

  Books books() {
    Signals all = Objects.requireNonNull(signals, "no route was built");
    List<TargetSignals> each = targets().stream().map(all::of).toList();
    return new Books(
        each.stream().mapToLong(TargetSignals::inFlight).sum(),
        each.stream().filter(target -> target.quotaLeft(all.now()) < 1).count(),
        callers.running());
  }

  private Route route() {
    RoutingStrategy adaptive = RoutingStrategy.adaptive();
    return Route.named("chat")
        .tier(targets())
        .strategy(
            (tier, all) -> {
              signals = all;
              return adaptive.over(tier, all);
            })
        .policy(POLICY)
        .build();
  }

  private static List<Target> targets() {
    return Voices.ACCOUNTS.stream()
        .map(
            account ->
                Target.builder(account)
                    .model(MODEL)
                    .region(Voices.regionOf(account))
                    .account(account)
                    .limits(Limits.parse("100par"))
                    .build())
        .toList();
  }

  private BedrockAccount account(Target target) {
    return BedrockAccount.staticKeys(
            target.account(),
            BedrockSimulator.accessKey(target.account()),
            BedrockSimulator.secretKey(),
            null)
        .withEndpoint(endpoint);
  }
}
