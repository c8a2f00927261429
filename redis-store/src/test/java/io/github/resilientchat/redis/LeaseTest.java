package io.github.resilientchat.redis;

import static io.github.resilientchat.redis.Asked.admit;
import static io.github.resilientchat.redis.Asked.call;
import static io.github.resilientchat.redis.Asked.granted;
import static io.github.resilientchat.redis.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.OnStoreFailure;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.Reservation;
import io.github.resilientchat.core.quota.SharedStore;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A place among the calls at a time, by Redis' clock: kept while it is renewed, and no longer. */
class LeaseTest {

  private static final Duration LEASE = Duration.ofSeconds(4);
  private static final Duration LATER = Duration.ofMillis(5_500);

  /** A lease is renewed each third of it, and survives this. */
  private static final Duration STANDSTILL = Duration.ofSeconds(1);

  private final EmbeddedRedis redis = EmbeddedRedis.start();

  @AfterEach
  void close() {
    redis.close();
  }

  private PlanQuotas one(String prefix) {
    RedisQuotaStore store =
        RedisQuotaStore.over(redis.client())
            .prefix(prefix)
            .lease(LEASE)
            .patience(Duration.ofMinutes(1))
            .build();
    return PlanQuotas.builder()
        .limits(Limits.parse("1par"))
        .store(
            new SharedStore(
                store,
                Map.of(Limit.Measure.CONCURRENCY, OnStoreFailure.CLOSED),
                2,
                Duration.ofSeconds(20)))
        .fairShares(false)
        .build();
  }

  @Test
  void callAfterCallWithoutRenewalIsFreedByItsLease() {
    int stood = 0;
    while (!isFreedByItsLease("run-" + stood)) {
      assertThat(++stood).as("runs in which the machine stood still").isLessThan(5);
    }
  }

  /**
   * @return false if the machine stood still meanwhile, for so long that no lease lasts
   */
  private boolean isFreedByItsLease(String prefix) {
    try (PlanQuotas dies = one(prefix);
        PlanQuotas lives = one(prefix)) {
      Beats beats = new Beats();
      Reservation running = granted(dies.admit(call("ann")));
      while (beats.lasted().compareTo(LATER) < 0) {
        Admission said = admit(lives, call("ann"));
        beats.beat();
        if (beats.longest().compareTo(STANDSTILL) > 0) {
          return false;
        }
        assertThat(said).isInstanceOf(Admission.Refused.class);
      }
      // As if the process had died.
      dies.close();
      until(() -> admit(lives, call("ann")) instanceof Admission.Granted);
      running.giveBack();
      return true;
    }
  }
}
