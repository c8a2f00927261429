package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.adapter.AlreadyEnded;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.HedgePolicy;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What happens to a call while a hedge is being chosen, which is foreign code too. */
class HedgeChoiceTest {

  private static final int AT_MOST = 10;
  private static final Limits TWO = Limits.parse("2par");

  private final VirtualClock clock = new VirtualClock();
  private final List<CallReport> reports = new CopyOnWriteArrayList<>();
  private final Target first = Target.builder("first").limits(TWO).build();
  private final Target second = Target.builder("second").limits(TWO).build();
  private volatile Runnable whileChoosing = () -> {};
  private volatile Runnable onAttempt = () -> {};
  private final Engine engine = Engine.builder().ticker(clock).listener(new Hearing()).build();
  private final Router router = router(engine);

  private final class Hearing implements RouteListener {

    @Override
    public void onAttempt(String route, AttemptReport attempt) {
      onAttempt.run();
    }

    @Override
    public void onCall(CallReport report) {
      reports.add(report);
    }
  }

  private Router router(Engine on) {
    RoutingStrategy strategy =
        (tier, signals) ->
            call -> {
              whileChoosing.run();
              return tier;
            };
    return on.router(
        Route.named("chat")
            .strategy(strategy)
            .tier(first, second)
            .policy(RoutePolicy.DEFAULTS.withHedge(new HedgePolicy(Duration.ofSeconds(2), 5)))
            .build());
  }

  /** Twenty calls save up one hedge. */
  private Attempt begin() {
    for (int call = 0; call < 20; call++) {
      ((Attempt) router.begin(call())).completed(Usage.of(1, 1));
    }
    reports.clear();
    return (Attempt) router.begin(call());
  }

  private static ModelCall call() {
    return ModelCall.streaming(Caller.user("u"), new TokenEstimate(100, 400));
  }

  private void assertCancelledOnceAndNothingTaken() {
    assertThat(reports).extracting(CallReport::ending).containsExactly(CallReport.Ending.CANCELLED);
    assertThat(reports.get(0).attempts()).hasSize(1);
    whileChoosing = () -> {};
    for (Target target : List.of(first, second)) {
      Router alone = engine.router(Route.named("only " + target.name()).tier(target).build());
      assertThat(alone.begin(call())).isInstanceOf(Attempt.class);
      assertThat(alone.begin(call())).isInstanceOf(Attempt.class);
    }
    assertThat(ManagementFactory.getThreadMXBean().findDeadlockedThreads()).isNull();
  }

  @Test
  void choiceThatCancelsTheCallHedgesNothing() throws Exception {
    Attempt slow = begin();
    whileChoosing = slow::cancelled;

    Step hedge = onAThread(slow::hedge).get(AT_MOST, TimeUnit.SECONDS);

    assertThat(hedge).isSameAs(AlreadyEnded.INSTANCE);
    assertCancelledOnceAndNothingTaken();
  }

  @Test
  void callerWhoLeavesWhileAHedgeIsChosenWaitsForNobody() throws Exception {
    Attempt slow = begin();
    CountDownLatch choosing = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    whileChoosing =
        () -> {
          choosing.countDown();
          await(left);
        };

    CompletableFuture<Step> hedge = onAThread(slow::hedge);
    await(choosing);
    CompletableFuture.runAsync(slow::cancelled, HedgeChoiceTest::start)
        .get(AT_MOST, TimeUnit.SECONDS);
    left.countDown();

    assertThat(hedge.get(AT_MOST, TimeUnit.SECONDS)).isSameAs(AlreadyEnded.INSTANCE);
    assertCancelledOnceAndNothingTaken();
  }

  @Test
  void listenerThatCancelsAgainWhileTheCallIsCancelledChangesNothing() throws Exception {
    Attempt slow = begin();
    onAttempt = slow::cancelled;
    whileChoosing = slow::cancelled;

    Step hedge = onAThread(slow::hedge).get(AT_MOST, TimeUnit.SECONDS);

    assertThat(hedge).isSameAs(AlreadyEnded.INSTANCE);
    assertCancelledOnceAndNothingTaken();
  }

  private static CompletableFuture<Step> onAThread(Supplier<Step> hedge) {
    return CompletableFuture.supplyAsync(hedge, HedgeChoiceTest::start);
  }

  /** Of its own: the common pool has one thread on two processors, which one of two would block. */
  private static void start(Runnable task) {
    new Thread(task).start();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(AT_MOST, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
