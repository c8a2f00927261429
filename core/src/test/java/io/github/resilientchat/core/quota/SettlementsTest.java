package io.github.resilientchat.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told to a store counts as untold until it is known what the store answered. */
class SettlementsTest {

  private final VirtualClock clock = new VirtualClock();
  private final ScriptedStore store = new ScriptedStore();
  private final List<Long> untoldWhenHeard = new ArrayList<>();
  private final Settlements settlements =
      new Settlements(
          store,
          new StoreReach(
              new SharedStore(store, Map.of(), 1, Duration.ofMillis(50)),
              store,
              clock,
              clock,
              () -> {}),
          store,
          clock::nanos);

  private void tell(String id) {
    settlements.tell(
        new QuotaStore.Demand(id, Scope.USER, List.of(), 1, 0),
        null,
        QuotaStore.Use.NOTHING,
        ended -> untoldWhenHeard.add(settlements.untold()));
  }

  private void pass(Duration time) {
    clock.advance(time);
    store.pass(time);
  }

  @Test
  void whatIsBeingHeardIsUntoldStill() {
    tell("a");
    assertThat(untoldWhenHeard).containsExactly(1L);
    assertThat(settlements.untold()).isZero();
  }

  @Test
  void whatNobodyHeardIsUntoldUntilItIsSaidAgain() {
    store.mood = ScriptedStore.Mood.FAILING;
    tell("a");
    tell("b");
    assertThat(settlements.untold()).isEqualTo(2);

    store.mood = ScriptedStore.Mood.WELL;
    pass(Duration.ofSeconds(1));
    assertThat(untoldWhenHeard).containsExactly(2L, 1L);
    assertThat(settlements.untold()).isZero();
  }

  @Test
  void whatIsLostIsUntoldNoMore() {
    store.mood = ScriptedStore.Mood.FAILING;
    tell("a");
    clock.advance(Duration.ofMinutes(10));
    store.mood = ScriptedStore.Mood.WELL;
    pass(Duration.ofSeconds(1));
    assertThat(settlements.lost()).isEqualTo(1);
    assertThat(settlements.untold()).isZero();
    assertThat(untoldWhenHeard).isEmpty();
  }
}
