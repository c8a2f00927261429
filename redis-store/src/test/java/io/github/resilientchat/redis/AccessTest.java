package io.github.resilientchat.redis;

import static io.github.resilientchat.redis.Asked.admit;
import static io.github.resilientchat.redis.Asked.call;
import static io.github.resilientchat.redis.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.fleet.News;
import io.github.resilientchat.core.fleet.Slices;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.SharedStore;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The access that the documentation gives is all that is ever asked for. */
class AccessTest {

  /** All that quotas ask: take, refuse, renew, end, look whether it is there. */
  static void useQuotas(AbstractRedisClient client) {
    Renewals store =
        new Renewals(
            RedisQuotaStore.over(client)
                .lease(Duration.ofMillis(300))
                .patience(Duration.ofMinutes(1))
                .build());
    try (PlanQuotas quotas =
        PlanQuotas.builder()
            .limits(Limits.parse("2rpm 2par 9rpd 1kusd/mo 50tph"))
            .tenantLimits(Limits.parse("5par 90rpm"))
            .store(new SharedStore(store, Map.of(), 1, Duration.ofSeconds(10)))
            .build()) {
      Caller ann = Caller.of("ann", "acme");
      // Twice within a slice, which is written in place.
      for (int i = 0; i < 3; i++) {
        admit(quotas, call(Caller.of("bob", "other"), 5));
      }
      Admission.Granted stays = (Admission.Granted) admit(quotas, call(ann, 5));
      int renewed = store.heard();
      until(() -> store.heard() > renewed + 1);
      assertThat(admit(quotas, call(ann, 5))).isInstanceOf(Admission.Granted.class);
      // Two a minute, however long the leases last on a slow machine.
      assertThat(admit(quotas, call(ann, 5))).isInstanceOf(Admission.Refused.class);
      stays.reservation().settle(90);
      until(() -> quotas.store().orElseThrow().untold() == 0);
      assertThat(quotas.standings(ann, "")).isNotEmpty();
      assertThat(quotas.store().orElseThrow().unanswered()).isZero();
    }
  }

  /** All that a fleet asks: tell, hear, forget, look, share. */
  static void useFleet(AbstractRedisClient client) {
    List<News> heard = new CopyOnWriteArrayList<>();
    List<Double> slices = new CopyOnWriteArrayList<>();
    try (RedisFleet one = new RedisFleet(client, "resilient", 2);
        RedisFleet two = new RedisFleet(client, "resilient", 2)) {
      one.join(news -> {});
      two.join(heard::add);
      two.share(
          new Slices() {
            @Override
            public Map<String, Double> wanted() {
              return Map.of("sonnet", 0.5);
            }

            @Override
            public void slice(String target, double share) {
              slices.add(share);
            }
          });
      News drained = new News.Drained("account main");
      until(
          () -> {
            one.tell(drained);
            one.tell(new News.Rests("quota x", Duration.ofMinutes(1), true));
            return heard.contains(drained) && heard.stream().anyMatch(News.Rests.class::isInstance);
          });
      one.tell(new News.Undrained("account main"));
      until(() -> heard.contains(new News.Undrained("account main")));
      until(() -> slices.stream().anyMatch(slice -> slice > 0.9));
    }
  }

  @Test
  void documentedAccessIsEnough() {
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      redis.run(commands -> Access.give(commands, false));
      RedisClient limited =
          RedisClient.create(
              RedisURI.builder()
                  .withHost("127.0.0.1")
                  .withPort(redis.port())
                  .withAuthentication(Access.USER, Access.PASSWORD.toCharArray())
                  .build());
      try {
        useQuotas(limited);
        useFleet(limited);
      } finally {
        limited.shutdown(Duration.ZERO, Duration.ofSeconds(1));
      }
      redis.run(commands -> assertThat(Access.denied(commands)).isEmpty());
    }
  }
}
