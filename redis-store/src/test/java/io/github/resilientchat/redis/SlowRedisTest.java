package io.github.resilientchat.redis;

import static io.github.resilientchat.redis.Asked.admit;
import static io.github.resilientchat.redis.Asked.call;
import static io.github.resilientchat.redis.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.OnStoreFailure;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.SharedStore;
import io.github.resilientchat.core.quota.StoreState;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Redis that answers everything, and later than a call waits. */
class SlowRedisTest {

  private static final Duration PATIENCE = Duration.ofMillis(250);

  /** Later than a call waits, and in time for what is told, which has a second. */
  private static final Duration SLOW = Duration.ofMillis(350);

  private final EmbeddedRedis redis = EmbeddedRedis.start();
  private final SlowWay way = SlowWay.to(redis.port());
  private final RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", way.port()));

  @AfterEach
  void close() throws Exception {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    way.close();
    redis.close();
  }

  private PlanQuotas quotas(RedisClient over, OnStoreFailure onFailure, Duration patience) {
    return PlanQuotas.builder()
        .limits(Limits.parse("10rph"))
        .store(
            new SharedStore(
                RedisQuotaStore.over(over).patience(Duration.ofMinutes(1)).build(),
                Map.of(Limit.Measure.REQUESTS, onFailure),
                2,
                patience))
        .fairShares(false)
        .build();
  }

  private static StoreState state(PlanQuotas quotas) {
    return quotas.store().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(OnStoreFailure.class)
  void isReplacedAsConfiguredAndToldWhenItIsQuickAgain(OnStoreFailure onFailure) {
    try (PlanQuotas quotas = quotas(client, onFailure, PATIENCE)) {
      int granted = 0;
      for (int i = 0; i < 10; i++) {
        way.hold();
        if (admit(quotas, call("ann")) instanceof Admission.Granted one) {
          one.reservation().settle(1);
          granted++;
        }
        // One call after another: all that was said is heard before the next one asks.
        if (!state(quotas).away()) {
          long told = System.nanoTime();
          until(() -> System.nanoTime() - told > SLOW.toNanos());
          way.open();
        }
        until(() -> state(quotas).away() || state(quotas).untold() == 0);
      }
      assertThat(state(quotas).away()).isTrue();
      assertThat(granted).isEqualTo(allowed(onFailure));

      way.open();
      until(() -> !state(quotas).away() && state(quotas).untold() == 0);
      assertThat(state(quotas).lost()).isZero();
      assertThat(counted()).isEqualTo(granted);
    }
  }

  private static int allowed(OnStoreFailure onFailure) {
    return switch (onFailure) {
      case LOCAL -> 5;
      case OPEN -> 10;
      case CLOSED -> 0;
    };
  }

  private long counted() {
    RedisClient quick = redis.client();
    try (PlanQuotas other = quotas(quick, OnStoreFailure.CLOSED, Duration.ofSeconds(20))) {
      boolean one = admit(other, call("ann")) instanceof Admission.Granted;
      return other.standings(Caller.user("ann"), "").get(0).used() - (one ? 1 : 0);
    }
  }
}
