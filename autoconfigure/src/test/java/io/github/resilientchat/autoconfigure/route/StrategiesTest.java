package io.github.resilientchat.autoconfigure.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Signals;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.core.route.TargetSignals;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The strategies that properties name are those of the engine. */
class StrategiesTest {

  /** One knows nothing of any target but how its name says it fares. */
  private record Fares(int inFlight, double seconds, double left) implements TargetSignals {
    @Override
    public double latency(boolean streaming, long now) {
      return seconds;
    }

    @Override
    public double failures(boolean streaming, long now) {
      return 0;
    }

    @Override
    public double slowdown(boolean streaming, long now) {
      return 1;
    }

    @Override
    public double quotaLeft(long now) {
      return left;
    }

    @Override
    public int surge() {
      return 0;
    }

    @Override
    public double rampUp(boolean streaming, long now) {
      return 1;
    }

    @Override
    public boolean probeDue(boolean streaming, long now) {
      return false;
    }
  }

  private static final Signals SIGNALS =
      new Signals() {
        private final RandomGenerator random = new Random(3);

        @Override
        public TargetSignals of(Target target) {
          return switch (target.model()) {
            case "is.idle" -> new Fares(0, 5, 0.4);
            case "is.fast" -> new Fares(6, 1, 0.2);
            case "is.unused" -> new Fares(7, 6, 1);
            default -> new Fares(3, 4, 0.3);
          };
        }

        @Override
        public RandomGenerator random() {
          return random;
        }

        @Override
        public long now() {
          return 0;
        }

        @Override
        public @Nullable Target nextOut() {
          return null;
        }
      };

  private static List<String> firsts(String... strategy) {
    List<String> properties = new ArrayList<>(List.of(strategy));
    properties.addAll(
        List.of(
            "resilient.defaults.region=us-east-1",
            "resilient.models.cheap.id=is.cheap",
            "resilient.models.cheap.input-price=1",
            "resilient.models.cheap.output-price=1"));
    for (String model : List.of("idle", "fast", "unused", "plain")) {
      properties.add("resilient.models." + model + ".id=is." + model);
      properties.add("resilient.models." + model + ".input-price=9");
      properties.add("resilient.models." + model + ".output-price=9");
    }
    properties.add("resilient.routes.chat.targets=plain*9, idle, fast, unused, cheap");
    var route = Startup.routes(properties.toArray(String[]::new)).route("chat");
    RoutingStrategy.Order order =
        route.tiers().get(0).strategy().over(route.tiers().get(0).targets(), SIGNALS);
    ModelCall call = ModelCall.blocking(Caller.of("u", "tenant"), new TokenEstimate(10, 10));
    List<String> firsts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      firsts.add(order.targetsFor(call).get(0).model().substring(3));
    }
    return firsts;
  }

  private static List<String> firstsOf(String strategy) {
    return firsts("resilient.routes.chat.strategy=" + strategy);
  }

  @Test
  void eachNameIsItsStrategy() {
    assertThat(firstsOf("ordered")).containsOnly("plain");
    assertThat(firstsOf("least-busy")).containsOnly("plain");
    assertThat(firstsOf("latency")).containsOnly("fast");
    assertThat(firstsOf("usage")).containsOnly("unused");
    assertThat(firstsOf("cost")).containsOnly("cheap");
    assertThat(firstsOf("adaptive")).containsOnly("fast");
    assertThat(firstsOf("sticky").stream().distinct()).hasSize(1);
    assertThat(firstsOf("round-robin").subList(0, 5))
        .containsExactly("plain", "idle", "fast", "unused", "cheap");
    assertThat(firstsOf("weighted").stream().filter("plain"::equals).count()).isBetween(110L, 160L);
  }

  @Test
  void adaptiveIsTheDefault() {
    assertThat(firsts()).containsOnly("fast");
    assertThat(firsts("resilient.defaults.strategy=usage")).containsOnly("unused");
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void everyStrategyOrdersAllTargets(Strategy strategy) {
    List<Target> tier = List.of(Target.named("a"), Target.named("b"), Target.named("c"));
    ModelCall call = ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(10, 10));

    assertThat(strategy.recipe().over(tier, SIGNALS).targetsFor(call))
        .containsExactlyInAnyOrderElementsOf(tier);
  }
}
