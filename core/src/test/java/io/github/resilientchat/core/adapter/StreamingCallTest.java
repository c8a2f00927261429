package io.github.resilientchat.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A streamed call: on which threads it does what, and what its user is told. */
class StreamingCallTest {

  private static final Duration IDLE = Duration.ofSeconds(2);
  private static final RoutePolicy POLICY =
      RoutePolicy.DEFAULTS
          .withFirstTokenTimeout(Duration.ofSeconds(3))
          .withIdleTimeout(IDLE)
          .withMaxWait(Duration.ofSeconds(30));

  private final VirtualAlarms time = new VirtualAlarms();
  private final ScriptedStreams streams = new ScriptedStreams();
  private final List<CallReport> reports = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final Engine engine =
      Engine.builder()
          .ticker(time)
          .classifier(
              error -> {
                heard.add("classifier");
                return Errors.CLASSIFIER.classify(error);
              })
          .listener(
              new RouteListener() {
                @Override
                public void onCall(CallReport report) {
                  reports.add(report);
                }
              })
          .build();
  private final Target one = Target.builder("one").limits(Limits.parse("1par")).build();
  private final Router router = router(one, Target.named("two"));

  private Router router(Target... targets) {
    Route.Builder route = Route.named("chat").strategy(RoutingStrategy.ordered()).policy(POLICY);
    for (Target target : targets) {
      route.tier(target);
    }
    return engine.router(route.build());
  }

  private static ModelCall made() {
    return ModelCall.streaming(Caller.user("u"), new TokenEstimate(1, 1));
  }

  private StreamingCall<String> call(Router on, Executor executor) {
    return new StreamingCall<>(
        on,
        made(),
        streams,
        streams,
        new StreamThreads(executor, time),
        new FreshAnswer(false, POLICY, null),
        UnaryOperator.identity());
  }

  private void work() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  @Test
  void threadsOfClientsOnlySayWhatTheySaw() {
    call(router, tasks::add).begin();

    streams.stream().part("a");
    streams.stream().error(Errors.of(FailureKind.UNAVAILABLE));

    assertThat(streams.told).isEmpty();
    assertThat(heard).isEmpty();
    assertThat(tasks).hasSize(1);
    work();
    assertThat(streams.told).containsExactly("a", "fail StreamInterruptedException");
  }

  @Test
  void threadOfTheTimerOnlySaysThatItIsTime() {
    call(router, tasks::add).begin();

    time.advance(Duration.ofSeconds(3));

    assertThat(streams.streams).hasSize(1);
    assertThat(heard).isEmpty();
    work();
    assertThat(streams.streams).hasSize(2);
  }

  @Test
  void unreadableStreamMovesOnWhereNoClientTellsWhetherTheRequestWasTaken() {
    Target placed = Target.builder("placed").region("us-east-1").build();
    call(router(placed, Target.named("two")), Runnable::run).begin();

    streams.stream().error(new NullPointerException());

    assertThat(streams.streams).hasSize(2);
    assertThat(streams.told).isEmpty();
  }

  @Test
  void requestThatAModelStumblesOverIsTheCallersOwnWhereItsClientWouldHaveTold() {
    Target placed = Target.builder("placed").region("us-east-1").build();
    Router told = router(placed, Target.named("two"));
    call(told, Runnable::run).begin();
    streams.exchanges.get(0).onStop(() -> {});
    streams.stream().part("a");
    streams.stream().end();
    streams.told.clear();

    streams.refusal = new NullPointerException();
    call(told, Runnable::run).begin();

    assertThat(streams.streams).hasSize(2);
    assertThat(streams.told).containsExactly("refused");
  }

  @Test
  void callHasOneAlarmHoweverManyPartsAndNoneAtItsEnd() {
    call(router, Runnable::run).begin();
    for (int part = 0; part < 100; part++) {
      streams.stream().part("x");
      assertThat(time.set()).isEqualTo(1);
    }
    streams.stream().part(".");
    streams.stream().end();

    assertThat(time.set()).isZero();
  }

  @Test
  void cancellingAPauseLetsGoOfItsAlarm() {
    StreamingCall<String> waiting = call(router(one), Runnable::run);
    waiting.begin();
    streams.stream().error(Errors.of(FailureKind.THROTTLED));
    assertThat(time.set()).isEqualTo(1);

    waiting.cancel();

    assertThat(time.set()).isZero();
    assertThat(reports).extracting(CallReport::ending).containsExactly(CallReport.Ending.CANCELLED);
  }

  @Test
  void partsProlongTheWaitAndSilenceEndsIt() {
    call(router, Runnable::run).begin();
    for (int part = 0; part < 5; part++) {
      streams.stream().part("x");
      time.advance(IDLE.minusMillis(1));
    }
    assertThat(streams.told).hasSize(5);

    time.advance(Duration.ofMillis(1));

    assertThat(streams.told).hasSize(6).endsWith("fail StreamInterruptedException");
  }

  @Test
  void staleInterruptIsNoReasonToEndAFreshCallAndStays() {
    Thread.currentThread().interrupt();
    call(router, Runnable::run).begin();
    boolean still = Thread.interrupted();

    streams.stream().part(".");
    streams.stream().end();

    assertThat(still).isTrue();
    assertThat(streams.interrupted).containsExactly(false);
    assertThat(streams.told).containsExactly(".", "complete");
  }

  @Test
  void callIsNotLostForWantOfThreads() {
    Deque<Runnable> later = new ArrayDeque<>();
    boolean[] down = {true};
    call(
            router,
            task -> {
              if (down[0]) {
                throw new RejectedExecutionException("no threads");
              }
              later.add(task);
            })
        .begin();
    streams.stream().part(".");
    streams.stream().end();
    assertThat(streams.told).isEmpty();

    down[0] = false;
    time.advance(Duration.ofMillis(100));
    later.remove().run();

    assertThat(streams.told).containsExactly(".", "complete");
  }

  @Test
  void cancelledCallTellsNothingMoreAndStopsItsExchange() {
    StreamingCall<String> left = call(router, Runnable::run);
    left.begin();
    List<String> stopped = new ArrayList<>();
    streams.exchanges.get(0).onStop(() -> stopped.add("exchange"));
    streams.stream().onStop(() -> stopped.add("model"));
    streams.stream().part("a");

    left.cancel();
    left.cancel();
    streams.stream().part("b");
    streams.stream().error(new IllegalStateException("closed"));

    assertThat(streams.told).containsExactly("a");
    assertThat(stopped).containsExactly("model", "exchange");
    assertThat(reports).extracting(CallReport::ending).containsExactly(CallReport.Ending.CANCELLED);
  }

  @Test
  void refusalOfTheFirstModelIsToldBeforeTheCallHasBegun() {
    streams.refusal = Errors.of(FailureKind.REJECTED);

    call(router, tasks::add).begin();

    assertThat(streams.told).containsExactly("refused");
    work();
    assertThat(streams.told).containsExactly("refused");
    assertThat(reports).extracting(CallReport::ending).containsExactly(CallReport.Ending.FAILED);
  }

  @Test
  void firstModelThatThrowsWhatAnotherCanDoIsFollowedByIt() {
    streams.refusal = Errors.of(FailureKind.UNAVAILABLE);
    call(router, tasks::add).begin();
    streams.refusal = Errors.of(FailureKind.REJECTED);

    work();

    assertThat(streams.streams).hasSize(2);
    assertThat(streams.told).containsExactly("fail ProviderException");
  }

  @Test
  void streamOfEmptyPartsLosesNone() {
    call(router, Runnable::run).begin();

    for (int part = 0; part < 100; part++) {
      streams.stream().part("");
    }
    streams.stream().part(".");
    streams.stream().end();

    assertThat(streams.told).hasSize(102).endsWith(".", "complete");
  }
}
