package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A tier of a thousand targets of which few have anything left. */
class ManyTargetsTest {

  private static final int TARGETS = 1_000;
  private static final int WITH_QUOTA = 5;

  /** So many that refused are told of a call at most; fewer were looked at if fewer are told. */
  private static final int MOST_TOLD = 64;

  static Stream<RoutingStrategy> drawn() {
    return Stream.of(RoutingStrategy.adaptive(), RoutingStrategy.weighted());
  }

  @ParameterizedTest
  @MethodSource("drawn")
  void whoHasQuotaLeftIsFoundWithoutALookAtAll(RoutingStrategy strategy) {
    Router router = router(strategy);
    IntStream.range(0, 3 * TARGETS).forEach(call -> ask(router));

    List<Integer> passedBy =
        IntStream.range(0, 500)
            .mapToObj(call -> ask(router).callReport().skipped().size())
            .toList();

    assertThat(passedBy).filteredOn(passed -> passed >= MOST_TOLD / 2).hasSizeLessThan(10);
    assertThat(passedBy).as("most have none").anyMatch(passed -> passed >= WITH_QUOTA);
  }

  @ParameterizedTest
  @MethodSource("drawn")
  void allThatHaveQuotaLeftAreAsked(RoutingStrategy strategy) {
    Router router = router(strategy);
    IntStream.range(0, 3 * TARGETS).forEach(call -> ask(router));

    List<Target> asked = IntStream.range(0, 500).mapToObj(call -> ask(router).target()).toList();

    assertThat(asked.stream().distinct()).hasSize(WITH_QUOTA);
  }

  /** In the order that was configured, whoever else is known to have room. */
  @Test
  void whatIsInOrderStaysInOrder() {
    Router router = router(RoutingStrategy.ordered());
    IntStream.range(0, 200).forEach(call -> ask(router));

    assertThat(ask(router).target().name()).isEqualTo("t200");
  }

  /** One that would name the same target again is not asked until it has named it eight times. */
  @Test
  void whoIsNotDrawnIsAskedForAnotherOnce() {
    AtomicInteger asked = new AtomicInteger();
    Router router = router((tier, signals) -> new Constant(tier, asked));
    ask(router);
    asked.set(0);

    assertThat(ask(router).target().name()).isEqualTo("t1");
    assertThat(asked).hasValue(2);
  }

  /** As configured, always. */
  private record Constant(List<Target> tier, AtomicInteger asked)
      implements RoutingStrategy.FirstChoice {

    @Override
    public int first(ModelCall call, long now) {
      asked.incrementAndGet();
      return 0;
    }

    @Override
    public int[] all(ModelCall call, long now) {
      return IntStream.range(0, tier.size()).toArray();
    }

    @Override
    public List<Target> targetsFor(ModelCall call) {
      return tier;
    }
  }

  private static Router router(RoutingStrategy strategy) {
    List<Target> tier =
        IntStream.range(0, TARGETS)
            .mapToObj(
                i ->
                    Target.builder("t" + i)
                        .account("a" + i)
                        .limits(Limits.parse(i < TARGETS - WITH_QUOTA ? "1rpd" : "1000krpm"))
                        .build())
            .toList();
    return Engine.builder()
        .ticker(new VirtualClock())
        .random(new Random(11))
        .build()
        .router(Route.named("chat").strategy(strategy).tier(tier).build());
  }

  private static Attempt ask(Router router) {
    Attempt attempt =
        (Attempt) router.begin(ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(10, 10)));
    attempt.completed(null);
    return attempt;
  }
}
