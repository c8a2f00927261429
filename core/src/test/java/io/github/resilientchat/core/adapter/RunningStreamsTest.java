package io.github.resilientchat.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What an application that stops does with streams. */
class RunningStreamsTest {

  private final VirtualAlarms time = new VirtualAlarms();
  private final ScriptedStreams streams = new ScriptedStreams();
  private final List<CallReport.Ending> endings = new ArrayList<>();
  private final List<String> noted = new ArrayList<>();
  private final Engine engine =
      Engine.builder()
          .ticker(time)
          .classifier(Errors.CLASSIFIER)
          .listener(
              new RouteListener() {
                @Override
                public void onCall(CallReport report) {
                  endings.add(report.ending());
                }
              })
          .build();
  private final Router router =
      engine.router(
          Route.named("chat")
              .policy(RoutePolicy.DEFAULTS.withMaxWait(Duration.ofSeconds(30)))
              .tier(Target.named("one"))
              .build());

  private StreamingCall<String> call() {
    return new StreamingCall<>(
        router,
        ModelCall.streaming(Caller.user("u"), new TokenEstimate(1, 1)),
        streams,
        streams,
        new StreamThreads(Runnable::run, time),
        new FreshAnswer(false, RoutePolicy.DEFAULTS, null),
        UnaryOperator.identity());
  }

  @Test
  void streamThatEndsIsWaitedForAndHearsNothingElse() {
    call().begin();
    streams.stream().part("a");
    engine.streams().whenNone(() -> noted.add("none"));
    assertThat(engine.streams().count()).isEqualTo(1);
    assertThat(noted).isEmpty();

    streams.stream().part(".");
    streams.stream().end();

    assertThat(streams.told).contains("a", "complete");
    assertThat(noted).containsExactly("none");
    assertThat(engine.streams().count()).isZero();
  }

  @Test
  void streamThatIsStoppedIsCancelledAtItsTargetAndItsUserIsTold() {
    StreamingCall<String> call = call();
    call.begin();
    streams.stream().part("a");
    streams.stream().onStop(() -> noted.add("stopped"));
    engine.streams().whenNone(() -> noted.add("none"));

    engine.streams().stop();

    assertThat(noted).containsExactly("stopped", "none");
    assertThat(streams.told).containsExactly("a", "fail CallStoppedException");
    assertThat(endings).containsExactly(CallReport.Ending.CANCELLED);
    assertThat(call.isCancelled()).as("by her, who is told").isFalse();
    streams.stream().error(Errors.of(FailureKind.UNAVAILABLE));
    streams.stream().part("b");
    assertThat(streams.told).containsExactly("a", "fail CallStoppedException");
  }

  @Test
  void userWhoTakesNothingHearsItAllTheSame() {
    streams.wanted = 0;
    call().begin();
    streams.stream().part("a");

    engine.streams().stop();

    assertThat(streams.told).containsExactly("fail CallStoppedException");
    assertThat(engine.streams().count()).isZero();
  }

  @Test
  void answerThatIsWholeIsNotTakenBack() {
    streams.wanted = 1;
    StreamingCall<String> call = call();
    call.begin();
    streams.stream().part("a");
    streams.stream().part("b");
    streams.stream().part(".");
    streams.stream().end();

    engine.streams().stop();
    streams.wanted = Long.MAX_VALUE;
    call.more();

    assertThat(streams.told).startsWith("a", "b").endsWith("complete");
    assertThat(endings).containsExactly(CallReport.Ending.ANSWERED);
    assertThat(engine.streams().count()).isZero();
  }

  @Test
  void callThatWaitsForATargetIsStoppedToo() {
    call().begin();
    streams.stream().error(Errors.of(FailureKind.UNAVAILABLE));
    assertThat(engine.streams().count()).isEqualTo(1);

    engine.streams().stop();

    assertThat(streams.told).containsExactly("fail CallStoppedException");
    assertThat(engine.streams().count()).isZero();
    assertThat(time.set()).isZero();
  }

  @Test
  void whoeverLeavesIsNotWaitedForBeforeNorAfterTheBeginning() {
    StreamingCall<String> call = call();
    call.begin();
    call.cancel();
    StreamingCall<String> early = call();
    early.cancel();
    early.begin();

    assertThat(engine.streams().count()).isZero();
    engine.streams().whenNone(() -> noted.add("none"));
    assertThat(noted).containsExactly("none");
  }

  @Test
  void callsThatBeginAfterwardsRun() {
    engine.streams().stop();

    call().begin();
    streams.stream().part("a");

    assertThat(streams.told).containsExactly("a");
    assertThat(engine.streams().count()).isEqualTo(1);
  }
}
