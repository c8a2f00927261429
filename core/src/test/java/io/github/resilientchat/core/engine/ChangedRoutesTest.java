package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.operation.Operations;
import io.github.resilientchat.core.operation.TargetStatus;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Targets that come, go and change weight while calls run. */
class ChangedRoutesTest {

  private static final ModelCall CALL =
      ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(100, 400));

  private final VirtualClock clock = new VirtualClock();
  private final Engine engine =
      Engine.builder().ticker(clock).random(new Random(7)).classifier(Errors.CLASSIFIER).build();
  private final Operations operations = engine.operations();

  private final Target east = target("east", "us-east-1");
  private final Target west = target("west", "us-west-2");
  private final Target north = target("north", "eu-north-1");

  private static Target target(String name, String region) {
    return Target.builder(name).model("sonnet").region(region).account("main").build();
  }

  private static Route chat(Target... targets) {
    return Route.named("chat").strategy(RoutingStrategy.weighted()).tier(targets).build();
  }

  private List<String> change(Target... targets) {
    return operations.change(List.of(chat(targets)), false);
  }

  private static Attempt attempt(Step step) {
    assertThat(step).isInstanceOf(Attempt.class);
    return (Attempt) step;
  }

  private static Set<Target> asked(Router router) {
    Set<Target> asked = new HashSet<>();
    for (int call = 0; call < 60; call++) {
      Attempt attempt = attempt(router.begin(CALL));
      asked.add(attempt.target());
      attempt.completed(null);
    }
    return asked;
  }

  private List<TargetStatus> targets() {
    return operations.routes().get(0).targets();
  }

  @Test
  void targetsComeAndGoForCallsThatBeginAfterwards() {
    Router router = engine.router(chat(east, west));

    assertThat(change(west, north)).containsExactly("chat");

    assertThat(asked(router)).containsExactlyInAnyOrder(west, north);
    assertThat(router.route().targets()).containsExactly(west, north);
    assertThat(targets()).extracting(TargetStatus::target).containsExactly(west, north);
  }

  @Test
  void callUnderWayEndsOverWhatItBeganOver() {
    Router router = engine.router(chat(east));
    Attempt underWay = attempt(router.begin(CALL));

    change(west);

    assertThat(underWay.completed(null)).isTrue();
    assertThat(targets()).extracting(TargetStatus::inFlight).containsExactly(0);
    change(east);
    assertThat(targets()).extracting(TargetStatus::inFlight).containsExactly(0);
  }

  @Test
  void targetThatComesBackIsKnownAsItWas() {
    Router router = engine.router(chat(east, west));
    Step step = router.begin(CALL);
    while (step instanceof Attempt attempt && attempt.target() != east) {
      attempt.completed(null);
      step = router.begin(CALL);
    }
    attempt(attempt(step).failed(Errors.of(FailureKind.THROTTLED))).completed(null);

    change(west);
    change(east, west);

    assertThat(targets().get(0).state()).isEqualTo(TargetStatus.State.RESTING);
    assertThat(asked(router)).containsExactly(west);
  }

  @Test
  void targetThatStaysIsTheSameObjectWhateverItsWeight() {
    Router router = engine.router(chat(east, west));

    change(target("east", "us-east-1").withWeight(99), west);

    assertThat(router.route().targets().get(0)).isSameAs(east);
    assertThat(targets()).extracting(TargetStatus::weight).containsExactly(99, 1);
  }

  @Test
  void weightOfAnOperatorStaysUnlessTheConfiguredOneChanges() {
    engine.router(chat(east, west));
    operations.weigh("chat", "east", 7);

    change(east, west, north);
    assertThat(targets()).extracting(TargetStatus::weight).containsExactly(7, 1, 1);

    change(east.withWeight(2), west, north);
    assertThat(targets()).extracting(TargetStatus::weight).containsExactly(2, 1, 1);
  }

  @Test
  void sameRouteIsNoChange() {
    RoutingStrategy strategy = RoutingStrategy.ordered();
    Route route = Route.named("chat").strategy(strategy).tier(east, west).build();
    engine.router(route);

    Route same = Route.named("chat").strategy(strategy).tier(east, west).build();
    assertThat(operations.change(List.of(same), false)).isEmpty();
  }

  @Test
  void whatCannotBeChangesNothingAnywhere() {
    Router chat = engine.router(chat(east, west));
    engine.router(Route.named("batch").tier(west).build());
    Target limited =
        Target.builder("west")
            .model("sonnet")
            .region("us-west-2")
            .account("main")
            .limits(Limits.parse("9rpm"))
            .build();

    assertThatThrownBy(
            () ->
                operations.change(
                    List.of(chat(north), Route.named("batch").tier(limited).build()), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'west' is set up twice");
    assertThatThrownBy(
            () -> operations.change(List.of(Route.named("chta").tier(west).build()), false))
        .hasMessageContaining("'chta'; there are [batch, chat]");
    assertThat(operations.change(List.of(chat(north)), true)).containsExactly("chat");

    assertThat(asked(chat)).containsExactlyInAnyOrder(east, west);
  }

  @Test
  void modelsBuiltLaterOverTheFirstRouteSeeWhatItIsNow() {
    Route first = chat(east);
    engine.router(first);
    change(west);

    assertThat(asked(engine.router(first))).containsExactly(west);
  }

  @Test
  void noCallFailsWhileTargetsComeAndGo() throws Exception {
    Router router = engine.router(chat(east, west));
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<Integer>> callers =
          Stream.generate(() -> threads.submit(() -> callUntil(over, router))).limit(3).toList();
      for (int change = 0; change < 1_000; change++) {
        Target weighted = west.withWeight(1 + change % 9);
        change(change % 2 == 0 ? new Target[] {weighted, north} : new Target[] {east, weighted});
        operations.weigh("chat", "west", 10 + change % 3);
      }
      over.set(true);
      for (Future<Integer> caller : callers) {
        assertThat(caller.get()).isPositive();
      }
      assertThat(targets()).extracting(TargetStatus::inFlight).containsOnly(0);
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
  }

  private static int callUntil(AtomicBoolean over, Router router) {
    int answered = 0;
    while (!over.get() || answered == 0) {
      assertThat(attempt(router.begin(CALL)).completed(null)).isTrue();
      answered++;
    }
    return answered;
  }
}
