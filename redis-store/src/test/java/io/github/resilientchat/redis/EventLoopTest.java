package io.github.resilientchat.redis;

import static io.github.resilientchat.redis.Asked.admit;
import static io.github.resilientchat.redis.Asked.call;
import static io.github.resilientchat.redis.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.fleet.News;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.SharedStore;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing that asks, answers or tells blocks an event loop of the application's client. */
class EventLoopTest {

  private final EmbeddedRedis redis = EmbeddedRedis.start();

  @AfterEach
  void close() {
    EventLoops.seen();
    redis.close();
  }

  private PlanQuotas quotas() {
    Limits limits = Limits.parse("40rpm 90ktpm 30par 90rpd");
    return PlanQuotas.builder()
        .limits(limits)
        .tenantLimits(limits)
        .applicationLimits(Limits.parse("1krpm 100par"))
        .store(
            new SharedStore(
                RedisQuotaStore.over(redis.client())
                    .lease(Duration.ofMillis(300))
                    .patience(Duration.ofMinutes(1))
                    .build(),
                Map.of(),
                2,
                Duration.ofMillis(400)))
        .build();
  }

  private static int admitted(PlanQuotas quotas, String user) {
    int granted = 0;
    for (int i = 0; i < 50; i++) {
      if (admit(quotas, call(Caller.of(user, user + "'s"), 100)) instanceof Admission.Granted one) {
        one.reservation().settle(i);
        granted++;
      }
    }
    return granted;
  }

  @Test
  void whatBlocksAnEventLoopIsSeen() {
    try (StatefulRedisConnection<String, String> connection = redis.connect()) {
      EventLoops.watch();
      until(
          () -> {
            connection.async().ping().thenRun(() -> LockSupport.parkNanos(1_000));
            return EventLoops.hasSeen();
          });
    }
  }

  @Test
  void callsAreAskedForRefusedRenewedAndSettledWithoutBlocking() {
    try (PlanQuotas quotas = quotas()) {
      assertThat(admitted(quotas, "ann")).isPositive();
      EventLoops.watch();
      assertThat(admitted(quotas, "ann")).isLessThan(50);
      Admission.Granted stays =
          (Admission.Granted) admit(quotas, call(Caller.of("bob", "other"), 5));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(400));
      stays.reservation().settle(1);
      until(() -> quotas.store().orElseThrow().untold() == 0);
      assertThat(EventLoops.seen()).isEmpty();
    }
  }

  @Test
  void redisThatRefusesAndComesBackBlocksNothing() {
    try (PlanQuotas quotas = quotas()) {
      admitted(quotas, "ann");
      EventLoops.watch();
      redis.run(commands -> commands.replicaof("127.0.0.1", EmbeddedRedis.freePort()));
      // Who has room: a refusal writes nothing.
      admitted(quotas, "bob");
      assertThat(quotas.store().orElseThrow().away()).isTrue();
      redis.run(commands -> commands.scriptFlush());
      redis.run(commands -> commands.replicaofNoOne());
      until(() -> !quotas.store().orElseThrow().away());
      admitted(quotas, "cat");
      until(() -> quotas.store().orElseThrow().untold() == 0);
      assertThat(EventLoops.seen()).isEmpty();
    }
  }

  @Test
  void newsAreToldAndHeardWithoutBlocking() {
    List<News> heard = new CopyOnWriteArrayList<>();
    AtomicInteger told = new AtomicInteger();
    try (RedisFleet teller = new RedisFleet(redis.client(), "fleet", 2);
        RedisFleet listener = new RedisFleet(redis.client(), "fleet", 2)) {
      teller.join(news -> {});
      // A listener may block: it is told on the fleet's own thread.
      listener.join(
          news -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            heard.add(news);
          });
      EventLoops.watch();
      until(
          () -> {
            teller.tell(new News.Drained("account " + told.incrementAndGet()));
            return heard.size() > 20;
          });
      assertThat(EventLoops.seen()).isEmpty();
    }
  }
}
