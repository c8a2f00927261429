package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.adapter.StreamThreads;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.HedgePolicy;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A call that is cancelled from inside, around the start of its hedge. */
class StreamHedgeCancelTest {

  private static final Duration AFTER = Duration.ofMillis(500);
  private static final int CALLS_PER_HEDGE = 20;

  private final VirtualTime time = new VirtualTime();
  private final ScriptedStream first = ScriptedStream.named("model-a");
  private final ScriptedStream second = ScriptedStream.named("model-b");
  private final RecordingHandler handler = new RecordingHandler();
  private final List<CallReport> reports = new ArrayList<>();
  private Runnable whileChoosing = () -> {};
  private Runnable onAttempt = () -> {};
  private final ResilientStreamingChatModel model = model();

  private ResilientStreamingChatModel model() {
    RoutingStrategy strategy =
        (tier, signals) ->
            call -> {
              whileChoosing.run();
              return tier;
            };
    return ResilientStreamingChatModel.builder()
        .engine(Engine.builder().ticker(time).listener(new Hearing()).build())
        .threads(new StreamThreads(Runnable::run, time))
        .strategy(strategy)
        .policy(RoutePolicy.DEFAULTS.withHedge(new HedgePolicy(AFTER, 5)))
        .target(target("a"), first)
        .target(target("b"), second)
        .build();
  }

  /** Full targets are not hedged. */
  private static Target target(String name) {
    return Target.builder(name).limits(Limits.parse("2par")).build();
  }

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

  private void begin() {
    for (int call = 0; call < CALLS_PER_HEDGE; call++) {
      model.chat(Answers.hello(), new RecordingHandler());
      first.stream().onCompleteResponse(Answers.text("hi"));
    }
    reports.clear();
    model.chat(Answers.hello(), handler);
  }

  private void assertCancelledOnceAndNothingTaken(int attempts) {
    time.advance(Duration.ofMinutes(5));
    assertThat(reports).extracting(CallReport::ending).containsExactly(CallReport.Ending.CANCELLED);
    assertThat(reports.get(0).attempts()).hasSize(attempts);
    assertThat(first.stopped()).isEqualTo(1);
    onAttempt = () -> {};
    whileChoosing = () -> {};
    assertThat(time.alarmsSet()).isZero();
  }

  @Test
  void strategyThatCancelsTheHandleWhileAHedgeIsChosenAsksNobodyElse() {
    begin();
    whileChoosing = handler.handle::cancel;

    time.advance(AFTER);
    first.stream().onPartialResponse("late");

    assertThat(handler.signals).isEmpty();
    assertThat(second.requests()).isEmpty();
    assertCancelledOnceAndNothingTaken(1);
  }

  @Test
  void listenerThatCancelsWhenTheHedgeHasWonIsTheEnd() {
    begin();
    time.advance(AFTER);
    onAttempt = handler.handle::cancel;

    second.stream().onPartialResponse("from b");
    second.stream().onCompleteResponse(Answers.text("from b"));

    assertThat(handler.signals).isEmpty();
    assertThat(second.stopped()).isEqualTo(1);
    assertCancelledOnceAndNothingTaken(2);
  }
}
