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
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A user who takes her answer more slowly than it comes. */
class BusyUserTest {

  private static final RoutePolicy POLICY =
      RoutePolicy.DEFAULTS
          .withFirstTokenTimeout(Duration.ofSeconds(3))
          .withIdleTimeout(Duration.ofSeconds(2));

  private final VirtualAlarms time = new VirtualAlarms();
  private final ScriptedStreams streams = new ScriptedStreams();
  private final List<CallReport> reports = new ArrayList<>();
  private final Engine engine =
      Engine.builder()
          .ticker(time)
          .classifier(Errors.CLASSIFIER)
          .listener(
              new RouteListener() {
                @Override
                public void onCall(CallReport report) {
                  reports.add(report);
                }
              })
          .build();
  private final Router router =
      engine.router(
          Route.named("chat")
              .policy(POLICY)
              .tier(Target.builder("one").limits(Limits.parse("1par")).build())
              .build());

  private static ModelCall made() {
    return ModelCall.streaming(Caller.user("u"), new TokenEstimate(1, 1));
  }

  private StreamingCall<String> call() {
    return new StreamingCall<>(
        router,
        made(),
        streams,
        streams,
        new StreamThreads(Runnable::run, time),
        new FreshAnswer(false, POLICY, null),
        UnaryOperator.identity());
  }

  @Test
  void busyUserHoldsUpNeitherTheEndOfTheAnswerNorItsPermit() {
    streams.wanted = 1;
    StreamingCall<String> slow = call();
    slow.begin();
    streams.stream().part("a");
    streams.stream().part("b");
    streams.stream().part(".");
    streams.stream().end();

    assertThat(streams.told).containsExactly("a");
    assertThat(reports).extracting(CallReport::ending).containsExactly(CallReport.Ending.ANSWERED);
    assertThat(router.begin(made())).isInstanceOf(Attempt.class);
    streams.wanted = 10;
    slow.more();
    assertThat(streams.told).containsExactly("a", "b", ".", "complete");
  }

  @Test
  void clientIsHeldWhileTheUserIsBehindAndGoesOnWhenSheHasCaughtUp() {
    streams.wanted = 1;
    StreamingCall<String> slow = call();
    slow.begin();
    Exchange exchange = streams.exchanges.get(0);
    List<String> asked = new ArrayList<>();
    exchange.onRoom(() -> asked.add("more"));
    streams.stream().part("a");
    streams.stream().part("b".repeat(200_000));
    assertThat(exchange.hasRoom()).isTrue();
    streams.stream().part("c".repeat(100_000));
    assertThat(exchange.hasRoom()).isFalse();

    time.advance(Duration.ofSeconds(10));
    assertThat(reports).isEmpty();
    streams.wanted = 10;
    slow.more();

    assertThat(exchange.hasRoom()).isTrue();
    assertThat(asked).containsExactly("more");
  }

  @Test
  void streamThatEndsWhileItIsHeldIsNotTheTargetsFailure() {
    streams.wanted = 1;
    call().begin();
    streams.stream().part("a");
    streams.stream().part("b".repeat(300_000));

    streams.stream().error(Errors.of(FailureKind.TIMED_OUT));

    assertThat(reports.get(0).attempts().get(0).failure())
        .hasToString("REJECTED (ConsumerTooSlow)");
  }
}
