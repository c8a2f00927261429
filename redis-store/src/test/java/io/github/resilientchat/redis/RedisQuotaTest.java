package io.github.resilientchat.redis;

import io.github.resilientchat.core.quota.SharedStore;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract, in Redis. */
class RedisQuotaTest extends QuotaContract {

  private static final AtomicInteger PREFIXES = new AtomicInteger();

  private static EmbeddedRedis redis;

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Override
  SharedStore store(ZoneId zone) {
    RedisQuotaStore store =
        RedisQuotaStore.over(redis.client())
            .prefix("contract-" + PREFIXES.incrementAndGet())
            .zone(zone)
            .lease(Duration.ofDays(30))
            .micros(clock::micros)
            .patience(Duration.ofMinutes(1))
            .build();
    return new SharedStore(store, Map.of(), 1, Duration.ofSeconds(10));
  }
}
