package io.github.resilientchat.autoconfigure.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.autoconfigure.health.HealthReport;
import io.github.resilientchat.autoconfigure.health.HealthSource;
import io.github.resilientchat.autoconfigure.health.ResilientHealthAutoConfiguration;
import io.github.resilientchat.autoconfigure.metrics.ResilientMetricsAutoConfiguration;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.QuotaStore;
import io.github.resilientchat.redis.RedisQuotaStore;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import redis.embedded.RedisServer;

/** {@code resilient.store.type=redis}, over the connection that {@code spring.data.redis} has. */
class RedisQuotasTest {

  /** Which nothing listens on. */
  private static final int NOBODYS = 1;

  private static RedisServer redis;
  private static int port;

  @BeforeAll
  static void start() throws IOException {
    for (int tries = 1; ; tries++) {
      port = freePort();
      redis =
          RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"").build();
      try {
        redis.start();
        return;
      } catch (IOException e) {
        // Another program may have taken the port meanwhile.
        if (tries == 3) {
          throw e;
        }
      }
    }
  }

  @AfterAll
  static void stop() throws IOException {
    redis.stop();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static ApplicationContextRunner runner(int redisPort) {
    return Startup.runner()
        .withConfiguration(
            AutoConfigurations.of(
                RedisAutoConfiguration.class, ResilientRedisAutoConfiguration.class))
        .withPropertyValues(
            "resilient.backend=aws",
            "resilient.models.big.id=a.b",
            "resilient.routes.chat.targets=big@us-east-1",
            "resilient.quotas.default.limits=6rph",
            "resilient.store.type=redis",
            // A first connection may take long on a machine that is busy.
            "resilient.store.timeout=60s",
            "spring.data.redis.host=127.0.0.1",
            "spring.data.redis.port=" + redisPort);
  }

  private static int admitted(CallerQuotas quotas, int calls) throws InterruptedException {
    int granted = 0;
    for (int i = 0; i < calls; i++) {
      Admission said =
          quotas.admit(ModelCall.blocking(Caller.user("ann"), new TokenEstimate(1, 1)));
      if (said instanceof Admission.Asked asked) {
        CountDownLatch here = new CountDownLatch(1);
        asked.question().onAnswer(here::countDown);
        assertThat(here.await(2, TimeUnit.MINUTES)).isTrue();
        said = Objects.requireNonNull(asked.question().answer());
      }
      granted += said instanceof Admission.Granted ? 1 : 0;
    }
    return granted;
  }

  @Test
  void instancesShareOneLimit() {
    runner(port)
        .run(
            one ->
                runner(port)
                    .run(
                        two -> {
                          assertThat(one).hasNotFailed();
                          assertThat(two).hasNotFailed();
                          assertThat(admitted(one.getBean(CallerQuotas.class), 4)).isEqualTo(4);
                          assertThat(admitted(two.getBean(CallerQuotas.class), 4)).isEqualTo(2);
                        }));
  }

  @Test
  void startWithoutRedisHoldsCallersToTheInstancesShare() {
    runner(NOBODYS)
        .withPropertyValues(
            "resilient.store.expected-instances=3", "resilient.store.on-failure=local")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              PlanQuotas quotas = context.getBean(PlanQuotas.class);
              assertThat(admitted(quotas, 9)).isEqualTo(2);
              assertThat(quotas.store().orElseThrow().away()).isTrue();
            });
  }

  @Test
  void metersAndHealthTellThatRedisIsAway() {
    runner(NOBODYS)
        .withBean(SimpleMeterRegistry.class)
        .withConfiguration(
            AutoConfigurations.of(
                ResilientMetricsAutoConfiguration.class, ResilientHealthAutoConfiguration.class))
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              SimpleMeterRegistry meters = context.getBean(SimpleMeterRegistry.class);
              context.getBean("resilientStoreMeters", MeterBinder.class).bindTo(meters);
              assertThat(meters.get("resilient.store.away").gauge().value()).isZero();
              admitted(context.getBean(PlanQuotas.class), 5);
              assertThat(meters.get("resilient.store.away").gauge().value()).isEqualTo(1);
              assertThat(meters.get("resilient.store.unanswered").functionCounter().count())
                  .isEqualTo(3);
              HealthReport health =
                  context.getBean(HealthSource.class).groups().get("store").get("quotas").get();
              assertThat(health.status()).isEqualTo(HealthReport.Status.DEGRADED);
              assertThat(health.details()).containsEntry("why", "RedisConnectionException");
            });
  }

  @Test
  void kindsOfLimitsMayDiffer() {
    runner(NOBODYS)
        .withPropertyValues("resilient.store.on-failure=closed, requests:open")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(admitted(context.getBean(PlanQuotas.class), 9)).isEqualTo(9);
            });
  }

  @Test
  void missingLibraryFailsWithTheDependencyToAdd() {
    for (Class<?> missing :
        new Class<?>[] {RedisQuotaStore.class, io.lettuce.core.RedisClient.class}) {
      runner(port)
          .withClassLoader(new FilteredClassLoader(missing))
          .run(
              context ->
                  assertThat(context)
                      .getFailure()
                      .rootCause()
                      .hasMessageContaining("resilient.store.type=redis")
                      .hasMessageContaining("io.github.resilientchat:resilient-redis-store")
                      .hasMessageContaining("spring-boot-starter-data-redis"));
    }
  }

  @Test
  void memoryNeedsNoRedis() {
    runner(port)
        .withPropertyValues("resilient.store.type=memory")
        .run(
            context -> {
              assertThat(context).hasNotFailed().doesNotHaveBean(QuotaStore.class);
              assertThat(context.getBean(PlanQuotas.class).store()).isEmpty();
            });
  }
}
