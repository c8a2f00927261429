package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.RequestTerms;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.BlockingDriver;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.StickyBy;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/** What staying where a prompt cache is warm saves, over eight accounts of the simulator. */
class WarmCacheTest {

  private static final int ACCOUNTS = 8;
  private static final int SESSIONS = 6;
  private static final int TURNS = 6;

  private final Simulated simulated = Simulated.start();
  private final Map<Target, BedrockTargets.Place> places = new LinkedHashMap<>();
  private final List<CallReport> reports = new ArrayList<>();

  @AfterEach
  void close() {
    simulated.close();
  }

  @Test
  void conversationsThatStayCostLessThanHalf() {
    double spread = cost(RoutingStrategy.roundRobin(), false);
    double bySession = cost(RoutingStrategy.sticky(2, StickyBy.SESSION), false);

    assertThat(bySession).isLessThan(spread / 2);
    System.out.printf(
        "%d sessions of %d turns over %d accounts: $%.4f in turn, $%.4f sticky by session%n",
        SESSIONS, TURNS, ACCOUNTS, spread, bySession);
  }

  @Test
  void promptsThatBeginAlikeShareOneCache() {
    double bySession = cost(RoutingStrategy.sticky(2, StickyBy.SESSION), true);
    double byPrefix = cost(RoutingStrategy.sticky(2, StickyBy.PREFIX), true);

    assertThat(byPrefix).isLessThan(bySession);
    System.out.printf(
        "one prompt of the system: $%.4f sticky by session, $%.4f by prefix%n",
        bySession, byPrefix);
  }

  /**
   * Dollars for all conversations, turn by turn.
   *
   * @param alike whether all begin with the same instructions
   */
  private double cost(RoutingStrategy strategy, boolean alike) {
    simulated.bedrock.reset();
    reports.clear();
    places.clear();
    for (int account = 0; account < ACCOUNTS; account++) {
      BedrockTargets.Place place =
          BedrockTargets.of(simulated.clients, simulated.account("a" + account))
              .in("us-east-1", "us.anthropic.claude-sonnet-4-6");
      places.put(place.target(), place);
    }
    Router router =
        Engine.builder()
            .random(new Random(5))
            .listener(
                new RouteListener() {
                  @Override
                  public void onCall(CallReport report) {
                    reports.add(report);
                  }
                })
            .build()
            .router(
                Route.named("chat").strategy(strategy).tier(List.copyOf(places.keySet())).build());
    for (int turn = 0; turn < TURNS; turn++) {
      for (int session = 0; session < SESSIONS; session++) {
        String rules = (alike ? "Rule. " : "Rule " + session + ". ").repeat(2_000);
        ModelCall call =
            ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(4_000, 100))
                .on(new RequestTerms(true, "session " + session))
                .beginning(rules.hashCode());
        BlockingDriver.drive(router, call, new Models(rules));
      }
    }
    assertThat(reports).hasSize(SESSIONS * TURNS);
    return reports.stream().mapToDouble(report -> report.usd().orElseThrow()).sum();
  }

  private final class Models implements BlockingDriver.Models<ConverseResponse> {

    private final String rules;

    Models(String rules) {
      this.rules = rules;
    }

    @Override
    public ConverseResponse call(Target target) {
      return Objects.requireNonNull(places.get(target))
          .client()
          .converse(
              r ->
                  r.modelId(target.model())
                      .system(
                          SystemContentBlock.fromText(rules),
                          SystemContentBlock.fromCachePoint(c -> c.type("default")))
                      .messages(
                          Message.builder()
                              .role("user")
                              .content(ContentBlock.fromText("And now?"))
                              .build()));
    }

    @Override
    public @Nullable Usage usageOf(ConverseResponse answer) {
      return null;
    }
  }
}
