package io.github.resilientchat.core.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds while the store that instances share cannot be asked, and when it is back. */
class SharedQuotasTest {

  private static final Duration TIMEOUT = Duration.ofMillis(50);

  private final VirtualClock clock = new VirtualClock();
  private final ScriptedStore store = new ScriptedStore();

  private PlanQuotas quotas(String limits, int instances, OnStoreFailure onFailure) {
    Map<Limit.Measure, OnStoreFailure> all =
        Map.of(
            Limit.Measure.REQUESTS, onFailure,
            Limit.Measure.TOKENS, onFailure,
            Limit.Measure.CONCURRENCY, onFailure);
    return quotas(limits, new SharedStore(store, all, instances, TIMEOUT));
  }

  private PlanQuotas quotas(String limits, SharedStore shared) {
    return PlanQuotas.builder()
        .limits(Limits.parse(limits))
        .ticker(clock)
        .clock(clock)
        .wake(store)
        .store(shared)
        .build();
  }

  private static ModelCall call(long tokens) {
    return ModelCall.blocking(Caller.user("ann"), new TokenEstimate(tokens, 0));
  }

  /** As a driver asks: until the answer, or until the time limit has passed. */
  private Admission admit(PlanQuotas quotas, long tokens) {
    Admission admission = quotas.admit(call(tokens));
    if (!(admission instanceof Admission.Asked asked)) {
      return admission;
    }
    List<String> told = new ArrayList<>();
    asked.question().onAnswer(() -> told.add("answered"));
    if (told.isEmpty()) {
      pass(TIMEOUT);
    }
    assertThat(told).hasSize(1);
    @Nullable Admission answer = asked.question().answer();
    assertThat(answer).isNotNull();
    return answer;
  }

  private void pass(Duration time) {
    clock.advance(time);
    store.pass(time);
  }

  private int granted(PlanQuotas quotas, int calls) {
    int granted = 0;
    for (int i = 0; i < calls; i++) {
      if (admit(quotas, 1) instanceof Admission.Granted one) {
        one.reservation().settle(1);
        granted++;
      }
    }
    return granted;
  }

  @Test
  void whileItAnswersTheStoreDecides() {
    PlanQuotas quotas = quotas("1rpm", 1, OnStoreFailure.LOCAL);
    assertThat(granted(quotas, 20)).isEqualTo(20);
    store.full = new QuotaStore.Full(0, 0, Duration.ofSeconds(7), new long[0]);
    assertThat(admit(quotas, 1))
        .isEqualTo(new Admission.Refused("default", "1rpm", Duration.ofSeconds(7)));
    assertThat(quotas.store().orElseThrow().away()).isFalse();
    assertThat(store.ended.values()).containsOnly(new QuotaStore.Use(1, 0, true));
  }

  @Test
  void onItsOwnAnInstanceHoldsCallersToItsShare() {
    PlanQuotas quotas = quotas("12rpm", 4, OnStoreFailure.LOCAL);
    store.mood = ScriptedStore.Mood.FAILING;
    assertThat(granted(quotas, 20)).isEqualTo(3);
    assertThat(admit(quotas, 1)).isInstanceOf(Admission.Refused.class);
    assertThat(quotas.store().orElseThrow().away()).isTrue();
    assertThat(quotas.store().orElseThrow().why()).isEqualTo("IllegalStateException OOM");
  }

  @Test
  void aShareOfWhatComesOneByOneIsAtLeastOne() {
    PlanQuotas quotas = quotas("2rpm 1par", 100, OnStoreFailure.LOCAL);
    store.mood = ScriptedStore.Mood.FAILING;
    assertThat(granted(quotas, 5)).isEqualTo(1);
  }

  @Test
  void whatIsMoreThanTheShareIsRefusedForNowAndNotForEver() {
    PlanQuotas quotas = quotas("100tpm", 4, OnStoreFailure.LOCAL);
    store.mood = ScriptedStore.Mood.FAILING;
    assertThat(admit(quotas, 26)).isInstanceOf(Admission.Refused.class);
    assertThat(admit(quotas, 101)).isInstanceOf(Admission.NeverFits.class);
    assertThat(admit(quotas, 25)).isInstanceOf(Admission.Granted.class);
  }

  @Test
  void openLimitsLimitNobodyAndClosedOnesLetNothingPass() {
    store.mood = ScriptedStore.Mood.FAILING;
    assertThat(granted(quotas("2rpm", 1, OnStoreFailure.OPEN), 30)).isEqualTo(30);
    assertThat(granted(quotas("2rpm", 1, OnStoreFailure.CLOSED), 30)).isZero();
  }

  @Test
  void eachKindOfLimitHasItsOwnPolicy() {
    store.mood = ScriptedStore.Mood.FAILING;
    Map<Limit.Measure, OnStoreFailure> open = Map.of(Limit.Measure.REQUESTS, OnStoreFailure.OPEN);
    PlanQuotas quotas = quotas("2rpm 10tpm", new SharedStore(store, open, 1, TIMEOUT));
    assertThat(granted(quotas, 30)).isEqualTo(10);
    Map<Limit.Measure, OnStoreFailure> closed =
        Map.of(
            Limit.Measure.MONEY,
            OnStoreFailure.CLOSED,
            Limit.Measure.REQUESTS,
            OnStoreFailure.OPEN);
    assertThat(granted(quotas("2rpm", new SharedStore(store, closed, 1, TIMEOUT)), 30))
        .isEqualTo(30);
  }

  @Test
  void aStoreThatDoesNotAnswerCostsThreeWaitsAndIsThenLeftAlone() {
    PlanQuotas quotas = quotas("60rpm", 1, OnStoreFailure.LOCAL);
    store.mood = ScriptedStore.Mood.SILENT;
    long before = clock.nanos();
    for (int i = 0; i < 30; i++) {
      assertThat(admit(quotas, 1)).isInstanceOf(Admission.Granted.class);
    }
    assertThat(clock.nanos() - before).isEqualTo(3 * TIMEOUT.toNanos());
    assertThat(store.takes).isEqualTo(3);
    assertThat(quotas.store().orElseThrow().unanswered()).isEqualTo(3);
  }

  @Test
  void oneLateAnswerIsNoReasonToGiveUp() {
    PlanQuotas quotas = quotas("60rpm", 1, OnStoreFailure.LOCAL);
    for (int i = 0; i < 10; i++) {
      store.mood = ScriptedStore.Mood.SILENT;
      admit(quotas, 1);
      store.mood = ScriptedStore.Mood.WELL;
      admit(quotas, 1);
    }
    assertThat(store.takes).isEqualTo(20);
    assertThat(quotas.store().orElseThrow().away()).isFalse();
  }

  /** Settling has more time than asking, and is answered between two questions. */
  @ParameterizedTest
  @EnumSource(OnStoreFailure.class)
  void aStoreThatAnswersTooLateIsLeftAloneTooHoweverFewCallsThereAre(OnStoreFailure onFailure) {
    PlanQuotas quotas = quotas("8rph", 2, onFailure);
    assertThat(oneByOne(quotas, 3)).isEqualTo(3);
    store.mood = ScriptedStore.Mood.SLOW;
    int granted = oneByOne(quotas, 20);

    assertThat(granted).isEqualTo(allowed(onFailure));
    assertThat(store.takes).isEqualTo(3 + 3);
    assertThat(quotas.store().orElseThrow().away()).isTrue();

    store.mood = ScriptedStore.Mood.WELL;
    pass(Duration.ofMinutes(1));
    assertThat(quotas.store().orElseThrow().away()).isFalse();
    assertThat(quotas.store().orElseThrow().untold()).isZero();
    long used = store.ended.values().stream().filter(QuotaStore.Use::request).count();
    assertThat(used).isEqualTo(3 + granted);
  }

  private static int allowed(OnStoreFailure onFailure) {
    return switch (onFailure) {
      case LOCAL -> 4;
      case OPEN -> 20;
      case CLOSED -> 0;
    };
  }

  /** Calls of a second, a second after another. */
  private int oneByOne(PlanQuotas quotas, int calls) {
    int granted = 0;
    for (int i = 0; i < calls; i++) {
      Admission admission = admit(quotas, 1);
      passASecond();
      if (admission instanceof Admission.Granted one) {
        one.reservation().settle(1);
        granted++;
      }
      passASecond();
    }
    return granted;
  }

  /** Step by step: what is due meanwhile reads the clock. */
  private void passASecond() {
    for (int step = 0; step < 100; step++) {
      pass(Duration.ofMillis(10));
    }
  }

  @Test
  void aStoreThatIsToldInTimeIsAsked() {
    PlanQuotas quotas = quotas("60rpm", 1, OnStoreFailure.LOCAL);
    for (int i = 0; i < 10; i++) {
      store.mood = ScriptedStore.Mood.SLOW;
      Admission admission = admit(quotas, 1);
      passASecond();
      store.mood = ScriptedStore.Mood.WELL;
      ((Admission.Granted) admission).reservation().settle(1);
    }
    assertThat(store.takes).isEqualTo(10);
    assertThat(quotas.store().orElseThrow().away()).isFalse();
  }

  @Test
  void whenItIsBackItIsToldWhatWasUsedMeanwhile() {
    PlanQuotas quotas = quotas("60rpm 1par", 1, OnStoreFailure.OPEN);
    store.mood = ScriptedStore.Mood.FAILING;
    List<Reservation> open = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      open.add(((Admission.Granted) admit(quotas, 1)).reservation());
    }
    open.subList(1, 500).forEach(one -> one.settle(2));
    assertThat(quotas.store().orElseThrow().untold()).isEqualTo(499);
    assertThat(store.ended).isEmpty();

    store.mood = ScriptedStore.Mood.WELL;
    pass(Duration.ofSeconds(10));
    assertThat(store.ended).hasSize(499);
    assertThat(store.ended.values()).containsOnly(new QuotaStore.Use(2, 0, true));
    assertThat(store.renewed).hasSizeGreaterThanOrEqualTo(1);
    assertThat(quotas.store().orElseThrow().untold()).isZero();
    assertThat(quotas.store().orElseThrow().away()).isFalse();
    int takes = store.takes;
    admit(quotas, 1);
    assertThat(store.takes).isEqualTo(takes + 1);
  }

  @Test
  void whatWasTakenUnheardIsGivenBackOnceTheCallIsRefused() {
    PlanQuotas quotas = quotas("60rpm", 1, OnStoreFailure.CLOSED);
    store.mood = ScriptedStore.Mood.SILENT;
    assertThat(admit(quotas, 1)).isInstanceOf(Admission.Refused.class);
    assertThat(store.ended).containsOnlyKeys(store.taken).containsValue(QuotaStore.Use.NOTHING);
  }

  @Test
  void eachQuestionHasAsMuchTimeHoweverManyWait() {
    PlanQuotas quotas = quotas("60rpm", 1, OnStoreFailure.LOCAL);
    assertThat(granted(quotas, 3)).isEqualTo(3);
    store.mood = ScriptedStore.Mood.SILENT;
    List<String> told = new ArrayList<>();
    ask(quotas, told, "first");
    pass(Duration.ofMillis(30));
    ask(quotas, told, "second");
    store.unheard.get(0).complete(new QuotaStore.Taken("t", List.of(), new long[0]));
    assertThat(told).containsExactly("first");
    ask(quotas, told, "third");
    pass(Duration.ofMillis(49));
    assertThat(told).containsExactly("first");
    pass(Duration.ofMillis(1));
    assertThat(told).containsExactly("first", "second", "third");
    pass(Duration.ofSeconds(1));
    assertThat(store.alarms()).isZero();
  }

  private static void ask(PlanQuotas quotas, List<String> told, String who) {
    ((Admission.Asked) quotas.admit(call(1))).question().onAnswer(() -> told.add(who));
  }

  @Test
  void whatIsGrantedToWhoHasLeftIsGivenBack() {
    PlanQuotas quotas = quotas("60rpm", 1, OnStoreFailure.LOCAL);
    store.mood = ScriptedStore.Mood.SILENT;
    Admission.Asked asked = (Admission.Asked) quotas.admit(call(1));
    asked.question().leave();
    store.mood = ScriptedStore.Mood.WELL;
    store.unheard.get(0).complete(new QuotaStore.Taken("t", List.of(), new long[0]));
    assertThat(store.ended.values()).containsExactly(QuotaStore.Use.NOTHING);
  }

  @Test
  void anEndIsSaidAgainUntilItIsHeard() {
    PlanQuotas quotas = quotas("60rpm", 1, OnStoreFailure.LOCAL);
    Reservation one = ((Admission.Granted) admit(quotas, 5)).reservation();
    store.mood = ScriptedStore.Mood.FAILING;
    one.settle(3);
    one.settle(4);
    pass(Duration.ofMillis(600));
    store.mood = ScriptedStore.Mood.WELL;
    pass(Duration.ofSeconds(1));
    assertThat(store.ends).isEqualTo(3);
    assertThat(store.ended.values()).containsExactly(new QuotaStore.Use(3, 0, true));
    pass(Duration.ofMinutes(1));
    assertThat(store.ends).isEqualTo(3);
    assertThat(store.alarms()).isZero();
  }

  @Test
  void anEndThatMayHaveBeenHeardIsNotSaidWhenTheStoreWouldCountItTwice() {
    PlanQuotas quotas = quotas("60rpm", 1, OnStoreFailure.LOCAL);
    Reservation one = ((Admission.Granted) admit(quotas, 5)).reservation();
    store.mood = ScriptedStore.Mood.SILENT;
    one.settle(3);
    admit(quotas, 1);
    admit(quotas, 1);
    admit(quotas, 1);
    pass(Duration.ofMinutes(11));
    store.mood = ScriptedStore.Mood.WELL;
    pass(Duration.ofMinutes(1));
    assertThat(quotas.store().orElseThrow().away()).isFalse();
    assertThat(store.ends).isEqualTo(1);
    assertThat(quotas.store().orElseThrow().lost()).isEqualTo(1);
  }

  @Test
  void placesOfRunningCallsAreRenewedAndOfNoOthers() {
    PlanQuotas quotas = quotas("4par", 1, OnStoreFailure.LOCAL);
    Reservation stays = ((Admission.Granted) admit(quotas, 1)).reservation();
    ((Admission.Granted) admit(quotas, 1)).reservation().settle(1);
    pass(Duration.ofSeconds(25));
    assertThat(store.renewed).hasSize(2).containsOnly(store.taken.get(0));
    stays.settle(1);
    pass(Duration.ofMinutes(5));
    assertThat(store.renewed).hasSize(2);
    assertThat(store.alarms()).isZero();
  }

  @Test
  void aLimitThatTheStoreCannotCountStopsTheStart() {
    assertThatThrownBy(() -> quotas("2000000mtpm", 1, OnStoreFailure.LOCAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("limit 2000000mtpm of user default")
        .hasMessageContaining("lower it to 1099511627776tpm");
  }

  @Test
  void closingLetsGoOfTheStoreAndOfTime() {
    PlanQuotas quotas = quotas("4par", 1, OnStoreFailure.LOCAL);
    store.mood = ScriptedStore.Mood.FAILING;
    granted(quotas, 5);
    quotas.close();
    pass(Duration.ofMinutes(5));
    assertThat(store.closed).isTrue();
    assertThat(store.alarms()).isZero();
  }
}
