package io.github.resilientchat.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Reservation;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A streamed call on one thread: what is handed over is run when the test says so. */
class StreamingCallEndsTest {

  private static final String END = "end";

  private final VirtualClock clock = new VirtualClock();
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final List<String> said = new ArrayList<>();
  private final List<String> charged = new ArrayList<>();
  private final List<CallReport> reports = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private Runnable inStrategy = () -> {};
  private Runnable inPart = () -> {};
  private @Nullable StreamingCall<String> call;

  private StreamingCall<String> call(BiConsumer<String, Streaming.Signals<String>> model) {
    StreamThreads threads = new StreamThreads(tasks::add, (delay, action) -> () -> {});
    call =
        new StreamingCall<>(
            router(),
            ModelCall.streaming(Caller.user("u"), new TokenEstimate(100, 400)),
            new Words(model),
            new Audience(),
            threads,
            new FreshAnswer(false, RoutePolicy.DEFAULTS, null),
            task -> task);
    return call;
  }

  private Router router() {
    RoutingStrategy ordered =
        (tier, signals) ->
            made -> {
              inStrategy.run();
              return tier;
            };
    return Engine.builder()
        .ticker(clock)
        .classifier(Errors.CLASSIFIER)
        .quotas(made -> new Admission.Granted(new Charged()))
        .listener(
            new RouteListener() {
              @Override
              public void onCall(CallReport report) {
                reports.add(report);
              }
            })
        .build()
        .router(
            Route.named("chat")
                .strategy(ordered)
                .tier(Target.named("a"))
                .tier(Target.named("b"))
                .build());
  }

  private void runAll() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private static void answer(Streaming.Signals<String> signals) {
    signals.part("hi");
    signals.part(END);
    signals.end();
  }

  @Test
  void partThatIsNothingIsTheTargetsFailureAndTheNextAnswers() {
    call((target, signals) -> {
          if (target.equals("a")) {
            signals.part(null);
          } else {
            answer(signals);
          }
        })
        .begin();
    runAll();

    assertThat(asked).containsExactly("a", "b");
    assertThat(said).containsExactly("hi", END, "complete");
    assertThat(reports.get(0).attempts())
        .extracting(AttemptReport::target)
        .extracting(Target::name)
        .containsExactly("a", "b");
    assertThat(reports.get(0).attempts().get(0).failure().code()).isEqualTo("NoAnswer");
  }

  @Test
  void watchIsToldOnceHowAnAttemptEndedAndBeforeTheUserIs() {
    call((target, signals) -> {
          signals.onEnd(error -> said.add(target + " ended: " + error));
          if (target.equals("a")) {
            signals.error(new IllegalStateException("broken"));
            signals.end();
          } else {
            answer(signals);
          }
        })
        .begin();
    runAll();

    assertThat(said)
        .containsExactly(
            "a ended: java.lang.IllegalStateException: broken",
            "b ended: null",
            "hi",
            END,
            "complete");
  }

  @Test
  void watchOfAStreamThatIsLeftHearsSoAndMayThrow() {
    call((target, signals) ->
            signals.onEnd(
                error -> {
                  said.add(target + " ended: " + error);
                  throw new IllegalStateException("a stranger");
                }))
        .begin();
    Objects.requireNonNull(call).cancel();
    runAll();

    assertThat(said).containsExactly("a ended: java.util.concurrent.CancellationException");
    assertThat(reports).extracting(CallReport::ending).containsExactly(CallReport.Ending.CANCELLED);
  }

  @Test
  void errorThatIsNothingIsAFailureToo() {
    call((target, signals) -> {
          if (target.equals("a")) {
            signals.error(null);
          } else {
            answer(signals);
          }
        })
        .begin();
    runAll();

    assertThat(asked).containsExactly("a", "b");
    assertThat(said).containsExactly("hi", END, "complete");
  }

  @Test
  void whoLeavesWhileATargetIsChosenAsksNobodyAndPaysNothing() {
    inStrategy = () -> call.cancel();

    call((target, signals) -> answer(signals)).begin();
    runAll();

    assertThat(asked).isEmpty();
    assertThat(said).isEmpty();
    assertThat(charged).containsExactly("given back");
    assertThat(reports).extracting(CallReport::ending).containsExactly(CallReport.Ending.CANCELLED);
  }

  @Test
  void whoLeavesBeforeTheNextTargetIsAskedPaysNothingForIt() {
    call((target, signals) -> signals.error(Errors.of(FailureKind.THROTTLED))).begin();
    tasks.poll().run();
    call.cancel();
    runAll();

    assertThat(asked).containsExactly("a");
    assertThat(charged).containsExactly("given back");
  }

  @Test
  void whoLeavesOnceATargetWasAskedPaysWhatWasReserved() {
    call((target, signals) -> {}).begin();
    call.cancel();

    assertThat(asked).containsExactly("a");
    assertThat(charged).containsExactly("kept");
  }

  @Test
  void userWhoThrowsHearsThatAsTheEnd() {
    AssertionError own = new AssertionError("the user's own");
    inPart =
        () -> {
          throw own;
        };
    call((target, signals) -> answer(signals)).begin();
    runAll();

    assertThat(said).containsExactly("hi", "failed: " + own);
    assertThat(reports).hasSize(1);
  }

  @Test
  void userWhoLeavesAndThenThrowsHearsNothingMore() {
    inPart =
        () -> {
          call.cancel();
          throw new AssertionError("the user's own");
        };
    call((target, signals) -> answer(signals)).begin();
    runAll();

    assertThat(said).containsExactly("hi");
  }

  private final class Charged implements Reservation {

    @Override
    public void settle(long used) {
      charged.add("settled");
    }

    @Override
    public void keep() {
      charged.add("kept");
    }

    @Override
    public void giveBack() {
      charged.add("given back");
    }
  }

  private final class Words implements Streaming.Models<String> {

    private final BiConsumer<String, Streaming.Signals<String>> model;

    private Words(BiConsumer<String, Streaming.Signals<String>> model) {
      this.model = model;
    }

    @Override
    public void call(Target target, Streaming.Signals<String> signals) {
      asked.add(target.name());
      model.accept(target.name(), signals);
    }

    @Override
    public boolean hasContent(String part) {
      return !part.equals(END);
    }

    @Override
    public long length(String part) {
      return part == null ? 0 : part.length();
    }

    @Override
    public void addText(String part, StringBuilder text) {
      text.append(part);
    }

    @Override
    public boolean finishes(String part) {
      return part.equals(END);
    }

    @Override
    public @Nullable Usage usage(String part) {
      return null;
    }
  }

  private final class Audience implements Streaming.Audience<String> {

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void part(String part) {
      said.add(part);
      inPart.run();
    }

    @Override
    public void restart(StreamInterruptedException broken) {
      said.add("restart");
    }

    @Override
    public void lastPart(String part, CallReport report) {
      said.add(part);
    }

    @Override
    public void complete(CallReport report) {
      said.add("complete");
    }

    @Override
    public void fail(Throwable reason) {
      said.add("failed: " + reason);
    }
  }
}
