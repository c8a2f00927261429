package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.adapter.AlreadyEnded;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Await;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Pause;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Question;
import io.github.resilientchat.core.quota.Reservation;
import io.github.resilientchat.core.quota.Scope;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.CallTimeoutException;
import io.github.resilientchat.core.report.QuotaExceededException;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the engine does while somebody elsewhere decides on a caller's quota. */
class AskedQuotaTest {

  private static final Admission.Refused REFUSED =
      new Admission.Refused(Scope.USER, "default", "1rpm", Duration.ofSeconds(9));

  private final VirtualClock clock = new VirtualClock();
  private final List<CallReport> reports = new ArrayList<>();
  private final List<String> ends = new ArrayList<>();
  private final List<String> left = new ArrayList<>();
  private final Deque<CompletableFuture<Admission>> asked = new ArrayDeque<>();
  private final Engine engine =
      Engine.builder()
          .ticker(clock)
          .classifier(Errors.CLASSIFIER)
          .quotas(call -> ask())
          .listener(
              new RouteListener() {
                @Override
                public void onCall(CallReport report) {
                  reports.add(report);
                }
              })
          .build();
  private final Router router = router("chat", "a");

  private Router router(String route, String target) {
    return engine.router(Route.named(route).tier(Target.named(target)).build());
  }

  private Admission ask() {
    CompletableFuture<Admission> answer = new CompletableFuture<>();
    asked.add(answer);
    return new Admission.Asked(Question.of(answer));
  }

  private static ModelCall call() {
    return ModelCall.blocking(Caller.user("ann"), new TokenEstimate(1, 1))
        .within(Duration.ofSeconds(20));
  }

  private Admission granted() {
    return new Admission.Granted(
        new Reservation() {
          @Override
          public void settle(long used) {
            ends.add("used " + used);
          }

          @Override
          public void keep() {
            ends.add("kept");
          }

          @Override
          public void giveBack() {
            ends.add("given back");
          }
        });
  }

  private Admission later() {
    return new Admission.Later(
        REFUSED,
        Duration.ofSeconds(9),
        new Admission.Turn() {
          @Override
          public Admission again() {
            return ask();
          }

          @Override
          public void leave() {
            left.add("left");
          }
        });
  }

  @Test
  void callGoesOnWithTheAnswerAndSettlesWhatItWasGranted() {
    Await await = (Await) router.begin(call());
    List<String> told = new ArrayList<>();
    await.onAnswer(() -> told.add("answered"));
    assertThat(await.patience()).isEqualTo(Duration.ofSeconds(20));
    assertThat(told).isEmpty();

    asked.remove().complete(granted());
    assertThat(told).containsExactly("answered");
    Attempt attempt = (Attempt) await.resume();
    assertThat(await.resume()).isSameAs(AlreadyEnded.INSTANCE);
    await.cancelled();
    attempt.completed(Usage.of(3, 4));
    assertThat(ends).containsExactly("used 7");
    assertThat(reports).extracting(CallReport::ending).containsExactly(CallReport.Ending.ANSWERED);
  }

  @Test
  void whoAsksForAnAnswerThatIsThereIsToldAtOnce() {
    Await await = (Await) router.begin(call());
    asked.remove().complete(granted());
    List<String> told = new ArrayList<>();
    await.onAnswer(() -> told.add("answered"));
    assertThat(told).containsExactly("answered");
  }

  @Test
  void refusalIsTheSameAsOneThatIsMadeHere() {
    Await await = (Await) router.begin(call());
    asked.remove().complete(REFUSED);
    GiveUp refused = (GiveUp) await.resume();
    assertThat(refused.reason())
        .isInstanceOf(QuotaExceededException.class)
        .hasMessageContaining("1rpm");
    assertThat(refused.report().ending()).isEqualTo(CallReport.Ending.REFUSED);
  }

  @Test
  void nobodyIsLetInUnseenWhenWhoDecidesFails() {
    Await await = (Await) router.begin(call());
    RuntimeException fault = new IllegalStateException("no store");
    asked.remove().completeExceptionally(fault);
    assertThat(((GiveUp) await.resume()).reason()).isSameAs(fault);
    assertThat(reports).extracting(CallReport::ending).containsExactly(CallReport.Ending.FAILED);
  }

  @Test
  void callWaitsNoLongerThanItsTimeAndGivesBackWhatComesLater() {
    Await await = (Await) router.begin(call());
    clock.advance(Duration.ofSeconds(20));
    assertThat(((GiveUp) await.resume()).reason()).isInstanceOf(CallTimeoutException.class);
    asked.remove().complete(granted());
    assertThat(ends).containsExactly("given back");
    assertThat(reports).hasSize(1);
  }

  @Test
  void whatIsGrantedToACallerWhoLeftIsGivenBack() {
    Await early = (Await) router.begin(call());
    Await late = (Await) router.begin(call());
    asked.remove().complete(granted());
    early.cancelled();
    late.cancelled();
    asked.remove().complete(granted());
    assertThat(ends).containsExactly("given back", "given back");
    assertThat(reports)
        .extracting(CallReport::ending)
        .containsExactly(CallReport.Ending.CANCELLED, CallReport.Ending.CANCELLED);
    assertThat(late.resume()).isSameAs(AlreadyEnded.INSTANCE);
  }

  @Test
  void callInLineAsksAgainWhenItsTurnHasCome() {
    Await first = (Await) router.begin(call());
    asked.remove().complete(later());
    Pause pause = (Pause) first.resume();
    clock.advance(pause.delay());
    Await second = (Await) pause.resume();
    asked.remove().complete(granted());
    assertThat(second.resume()).isInstanceOf(Attempt.class);
    assertThat(left).isEmpty();
  }

  @Test
  void whoLeavesWhileAskingAgainLeavesTheLine() {
    Await first = (Await) router.begin(call());
    asked.remove().complete(later());
    Pause pause = (Pause) first.resume();
    clock.advance(pause.delay());
    Await second = (Await) pause.resume();
    second.cancelled();
    assertThat(left).containsExactly("left");
    asked.remove().complete(granted());
    assertThat(ends).containsExactly("given back");
  }

  @Test
  void placeInLineThatComesTooLateIsLeft() {
    Await await = (Await) router.begin(call());
    await.cancelled();
    asked.remove().complete(later());
    assertThat(left).containsExactly("left");
  }

  @Test
  void callThatIsSentOverAnotherRouteAsksThereToo() {
    router("mini", "small");
    Await first = (Await) router.begin(call());
    asked.remove().complete(new Admission.Elsewhere("mini", REFUSED));
    Await second = (Await) first.resume();
    asked.remove().complete(granted());
    Attempt attempt = (Attempt) second.resume();
    assertThat(attempt.target().name()).isEqualTo("small");
    assertThat(attempt.callReport().insteadOf()).isEqualTo("chat");
  }
}
