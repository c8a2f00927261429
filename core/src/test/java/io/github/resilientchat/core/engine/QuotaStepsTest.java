package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.adapter.AlreadyEnded;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Pause;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Bill;
import io.github.resilientchat.core.quota.Charge;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.OnExceeded;
import io.github.resilientchat.core.quota.Plan;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.Reservation;
import io.github.resilientchat.core.quota.Standing;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.QuotaExceededException;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the engine does about quotas that let a call wait, send it elsewhere, or fail. */
class QuotaStepsTest {

  private static final Caller ANN = Caller.user("ann");

  private final VirtualClock clock = new VirtualClock();
  private final List<CallReport> reports = new ArrayList<>();

  private Engine engine(io.github.resilientchat.core.quota.CallerQuotas quotas) {
    return Engine.builder()
        .ticker(clock)
        .classifier(Errors.CLASSIFIER)
        .quotas(quotas)
        .listener(
            new RouteListener() {
              @Override
              public void onCall(CallReport report) {
                reports.add(report);
              }
            })
        .build();
  }

  private PlanQuotas.Builder quotas(String limits) {
    return PlanQuotas.builder().limits(Limits.parse(limits)).ticker(clock).clock(clock);
  }

  private static Route route(String name, String... targets) {
    Route.Builder route = Route.named(name).strategy(RoutingStrategy.ordered());
    for (String target : targets) {
      route.tier(priced(target));
    }
    return route.build();
  }

  private static Target priced(String name) {
    return Target.builder(name)
        .model(name + "-model")
        .traits(new Target.Traits(0, null, 1, new Prices(1, 5)))
        .build();
  }

  private static ModelCall call() {
    return ModelCall.blocking(ANN, new TokenEstimate(100, 50));
  }

  private Router waiting() {
    return engine(quotas("1rpm").onExceeded(new OnExceeded.Wait(Duration.ofMinutes(5))).build())
        .router(route("chat", "a"));
  }

  @Test
  void aCallWaitsInItsPlansLineAndGoesOn() {
    Router router = waiting();
    router.begin(call());
    Pause pause = (Pause) router.begin(call());
    assertThat(pause.delay()).isEqualTo(Duration.ofSeconds(65));

    clock.advance(pause.delay());
    assertThat(pause.resume()).isInstanceOf(Attempt.class);
    assertThat(pause.resume()).isSameAs(AlreadyEnded.INSTANCE);
    assertThat(reports).isEmpty();
  }

  @Test
  void aCallThatIsLeftWhileItWaitsLeavesTheLine() {
    Router router = waiting();
    router.begin(call());
    Pause first = (Pause) router.begin(call());
    Pause second = (Pause) router.begin(call());
    first.cancelled();
    assertThat(reports).extracting(CallReport::ending).containsExactly(CallReport.Ending.CANCELLED);

    clock.advance(Duration.ofSeconds(65));
    assertThat(second.resume()).isInstanceOf(Attempt.class);
  }

  @Test
  void aCallWithTooLittleTimeIsRefusedAtOnceAndHoldsUpNobody() {
    Router router = waiting();
    router.begin(call());
    GiveUp tooLate = (GiveUp) router.begin(call().within(Duration.ofSeconds(10)));
    assertThat(tooLate.reason())
        .isInstanceOf(QuotaExceededException.class)
        .hasMessageContaining("try again in 65");

    clock.advance(Duration.ofSeconds(65));
    assertThat(router.begin(call())).isInstanceOf(Attempt.class);
  }

  @Test
  void aPlanSendsItsCallsOverACheaperRouteAndTheReportSaysSo() {
    PlanQuotas quotas =
        quotas("1rpm")
            .plans(Plan.named("cheap").limits(Limits.parse("2rpm")).routes("mini").build())
            .onExceeded(new OnExceeded.Degrade("mini"))
            .build();
    Engine engine = engine(quotas);
    Router chat = engine.router(route("chat", "a"));
    engine.router(route("mini", "small"));
    ((Attempt) chat.begin(call())).completed(Usage.of(1, 1));

    Attempt elsewhere = (Attempt) chat.begin(call());
    assertThat(elsewhere.target().name()).isEqualTo("small");
    elsewhere.completed(Usage.of(1, 1));
    assertThat(reports).hasSize(2);
    assertThat(reports.get(0).insteadOf()).isNull();
    assertThat(reports.get(1).route()).isEqualTo("mini");
    assertThat(reports.get(1).metadata()).containsEntry("resilient.instead-of", "chat");

    assertThat(chat.begin(call())).isInstanceOf(Attempt.class);
    GiveUp refused = (GiveUp) chat.begin(call());
    assertThat(refused.reason()).hasMessageContaining("route mini, instead of chat, refused");
    assertThat(reports).hasSize(3);
  }

  @Test
  void aRouteThatIsNotThereIsARefusal() {
    Router chat =
        engine(quotas("1rpm").onExceeded(new OnExceeded.Degrade("mini")).build())
            .router(route("chat", "a"));
    chat.begin(call());
    assertThat(((GiveUp) chat.begin(call())).reason()).hasMessageContaining("limit 1rpm");
  }

  @Test
  void aTargetWithoutPricesIsRefusedByNameUnderALimitInMoney() {
    Engine engine = engine(quotas("5usd/d").build());
    Route route = Route.named("chat").tier(priced("a"), Target.named("free")).build();
    assertThatThrownBy(() -> engine.router(route))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("target free has no prices");
  }

  /** A store that fails so many times. */
  private final class Failing implements Reservation {
    private final List<Bill> bills = new ArrayList<>();
    private int failures;

    private Failing(int failures) {
      this.failures = failures;
    }

    @Override
    public void settle(Bill bill) {
      if (failures-- > 0) {
        throw new IllegalStateException("the store is away");
      }
      bills.add(bill);
    }

    @Override
    public void settle(long used) {}

    @Override
    public void keep() {}

    @Override
    public void giveBack() {}
  }

  @Test
  void aCommitThatFailsIsRepeatedUntilItIsDoneAndThenNeverAgain() {
    Failing first = new Failing(3);
    List<Reservation> next = new ArrayList<>(List.of(first));
    Router router =
        engine(
                call ->
                    next.isEmpty()
                        ? Admission.Unlimited.INSTANCE
                        : new Admission.Granted(next.remove(0)))
            .router(route("chat", "a"));
    ((Attempt) router.begin(call())).completed(Usage.of(7, 5));
    assertThat(first.bills).isEmpty();
    for (int later = 0; later < 60; later++) {
      clock.advance(Duration.ofSeconds(1));
      next.add(new Failing(0));
      ((Attempt) router.begin(call())).completed(Usage.of(1, 1));
    }
    assertThat(first.bills).hasSize(1);
    assertThat(first.bills.get(0).charges().get(0).usage()).isEqualTo(Usage.of(7, 5));
  }

  @Test
  void everyAttemptCostsWhatItUsedAtItsOwnPrice() {
    Failing held = new Failing(0);
    Router router =
        engine(call -> new Admission.Granted(held)).router(route("chat", "a", "b", "c"));
    Attempt timedOut = (Attempt) router.begin(call());
    Attempt broken = (Attempt) timedOut.failed(Errors.of(FailureKind.TIMED_OUT));
    broken.used(Usage.of(90, 3));
    Attempt last = (Attempt) broken.failed(Errors.of(FailureKind.MODEL_FAILED));
    last.completed(new Usage(10, 20, 70, 5));

    assertThat(held.bills).hasSize(1);
    Bill bill = held.bills.get(0);
    assertThat(bill.open()).isFalse();
    assertThat(bill.charges())
        .containsExactly(
            new Charge("a", "a-model", new Prices(1, 5), Usage.of(100, 0), true),
            new Charge("b", "b-model", new Prices(1, 5), Usage.of(90, 3), false),
            new Charge("c", "c-model", new Prices(1, 5), new Usage(10, 20, 70, 5), false));
    assertThat(bill.isEstimated()).isTrue();
  }

  @Test
  void aDebtIsVisible() {
    PlanQuotas quotas = quotas("200tpm").build();
    Router router = engine(quotas).router(route("chat", "a"));
    ((Attempt) router.begin(call())).completed(Usage.of(100, 500));
    Standing standing = quotas.standings(ANN, "chat").get(0);
    assertThat(standing.used()).isEqualTo(600);
    assertThat(standing.left()).isEqualTo(-400);
  }
}
