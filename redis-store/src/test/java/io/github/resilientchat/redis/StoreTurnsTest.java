package io.github.resilientchat.redis;

import static io.github.resilientchat.redis.Asked.admit;
import static io.github.resilientchat.redis.Asked.call;
import static io.github.resilientchat.redis.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.OnStoreFailure;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.SharedStore;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the log says when Redis goes and when it comes back. */
class StoreTurnsTest {

  @Test
  void oneLineSaysThatItIsAwayAndWhatHoldsAndOneThatItIsBack() {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        LogLines log = LogLines.ofQuotas();
        PlanQuotas quotas =
            PlanQuotas.builder()
                .limits(Limits.parse("1000rph"))
                .fairShares(false)
                .store(
                    new SharedStore(
                        RedisQuotaStore.over(redis.client())
                            .patience(Duration.ofMinutes(1))
                            .build(),
                        Map.of(Limit.Measure.MONEY, OnStoreFailure.CLOSED),
                        2,
                        Duration.ofSeconds(2)))
                .build()) {
      for (int turn = 1; turn <= 2; turn++) {
        admit(quotas, call("annabella"));
        assertThat(log.lines()).hasSize(2 * turn - 2);
        redis.signal("KILL");
        for (int i = 0; i < 50; i++) {
          admit(quotas, call("annabella"));
        }
        int lines = 2 * turn;
        until(() -> log.lines().size() >= lines - 1);
        redis.startAgain();
        until(() -> log.lines().size() >= lines);
        assertThat(quotas.store().orElseThrow().away()).isFalse();
      }
      assertThat(log.lines()).hasSize(4);
      for (int away = 0; away < 4; away += 2) {
        assertThat(log.lines().get(away))
            .startsWith("WARNING the store of quotas does not answer (")
            .contains("MONEY=CLOSED")
            .contains("REQUESTS=LOCAL")
            .doesNotContain("annabella");
        assertThat(log.lines().get(away + 1)).isEqualTo("INFO the store of quotas answers again");
      }
      assertThat(log.threads()).noneMatch(EventLoops::isOne);
    }
  }
}
