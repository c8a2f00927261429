package io.github.resilientchat.redis;

import static io.github.resilientchat.redis.Asked.admit;
import static io.github.resilientchat.redis.Asked.call;
import static io.github.resilientchat.redis.Asked.granted;
import static io.github.resilientchat.redis.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.OnStoreFailure;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.Reservation;
import io.github.resilientchat.core.quota.SharedStore;
import io.github.resilientchat.core.quota.StoreState;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real Redis that stops, dies, forgets, fills up or changes, while calls ask it. */
class RedisFaultsTest {

  /** It is the machine's slowness that must not count as Redis'. */
  private static final Duration PATIENT = Duration.ofSeconds(20);

  /** Where Redis says nothing, and a call waits for it as long as this. */
  private static final Duration IMPATIENT = Duration.ofSeconds(1);

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (int last = open.size() - 1; last >= 0; last--) {
      open.get(last).close();
    }
  }

  private <T extends AutoCloseable> T opened(T one) {
    open.add(one);
    return one;
  }

  private EmbeddedRedis redis(String... settings) {
    return opened(EmbeddedRedis.start(settings));
  }

  /** Ready before the first call, however slow the machine is. */
  private static RedisQuotaStore.Builder store(RedisClient client) {
    return RedisQuotaStore.over(client).patience(Duration.ofMinutes(1));
  }

  private PlanQuotas quotas(RedisClient client, String limits, OnStoreFailure onFailure) {
    return quotas(store(client), limits, onFailure, PATIENT);
  }

  private PlanQuotas impatient(RedisClient client, String limits, OnStoreFailure onFailure) {
    return quotas(store(client), limits, onFailure, IMPATIENT);
  }

  private PlanQuotas quotas(
      RedisQuotaStore.Builder store, String limits, OnStoreFailure onFailure) {
    return quotas(store, limits, onFailure, PATIENT);
  }

  private PlanQuotas quotas(
      RedisQuotaStore.Builder store, String limits, OnStoreFailure onFailure, Duration patience) {
    Map<Limit.Measure, OnStoreFailure> all =
        Map.of(
            Limit.Measure.REQUESTS, onFailure,
            Limit.Measure.TOKENS, onFailure,
            Limit.Measure.CONCURRENCY, onFailure,
            Limit.Measure.MONEY, onFailure);
    SharedStore shared = new SharedStore(store.build(), all, 2, patience);
    return opened(
        PlanQuotas.builder().limits(Limits.parse(limits)).store(shared).fairShares(false).build());
  }

  private static StoreState state(PlanQuotas quotas) {
    return quotas.store().orElseThrow();
  }

  private static void settled(PlanQuotas quotas) {
    until(() -> state(quotas).untold() == 0);
  }

  private static int admitted(PlanQuotas quotas, String user, int calls) {
    int granted = 0;
    for (int i = 0; i < calls; i++) {
      if (admit(quotas, call(user)) instanceof Admission.Granted one) {
        one.reservation().settle(1);
        granted++;
      }
    }
    return granted;
  }

  private static int allowed(OnStoreFailure onFailure) {
    return switch (onFailure) {
      case LOCAL -> 5;
      case OPEN -> 40;
      case CLOSED -> 0;
    };
  }

  /** Somebody else's call is asked and answered, so that the instance counts no longer alone. */
  private static boolean asksAgain(PlanQuotas quotas) {
    StoreState before = state(quotas);
    admitted(quotas, "bob", 1);
    StoreState after = state(quotas);
    return after.asked() > before.asked() && after.unanswered() == before.unanswered();
  }

  @ParameterizedTest
  @EnumSource(OnStoreFailure.class)
  void stoppedRedisIsReplacedAsConfiguredAndToldWhenItGoesOn(OnStoreFailure onFailure) {
    EmbeddedRedis redis = redis();
    PlanQuotas well = quotas(redis.client(), "10rph", OnStoreFailure.CLOSED);
    PlanQuotas quotas = impatient(redis.client(), "10rph", onFailure);
    assertThat(admitted(well, "ann", 4)).isEqualTo(4);
    settled(well);

    redis.signal("STOP");
    assertThat(admitted(quotas, "ann", 40)).isEqualTo(allowed(onFailure));
    assertThat(state(quotas).away()).isTrue();

    redis.signal("CONT");
    until(() -> !state(quotas).away());
    settled(quotas);
    int used = 4 + allowed(onFailure);
    assertThat(admitted(well, "ann", 40)).isEqualTo(Math.max(0, 10 - used));
    until(() -> asksAgain(quotas));
    PlanQuotas other = quotas(redis.client(), "10rph", OnStoreFailure.CLOSED);
    assertThat(admitted(other, "ann", 1)).isZero();
  }

  @ParameterizedTest
  @EnumSource(OnStoreFailure.class)
  void killedRedisIsReplacedAsConfiguredAndToldWhenItIsBack(OnStoreFailure onFailure) {
    EmbeddedRedis redis = redis();
    PlanQuotas well = quotas(redis.client(), "10rph", OnStoreFailure.CLOSED);
    PlanQuotas quotas = impatient(redis.client(), "10rph", onFailure);
    assertThat(admitted(well, "ann", 4)).isEqualTo(4);
    settled(well);

    redis.signal("KILL");
    assertThat(admitted(quotas, "ann", 40)).isEqualTo(allowed(onFailure));
    assertThat(state(quotas).away()).isTrue();

    redis.startAgain();
    until(() -> !state(quotas).away());
    settled(quotas);
    until(() -> asksAgain(quotas) && asksAgain(well));
    // It has lost what it knew, and is told the rest.
    assertThat(admitted(well, "ann", 40)).isEqualTo(Math.max(0, 10 - allowed(onFailure)));
  }

  @Test
  void startWithoutRedisIsAsConfiguredAndItIsUsedWhenItComes() {
    EmbeddedRedis redis = redis();
    redis.signal("KILL");
    PlanQuotas quotas =
        quotas(
            RedisQuotaStore.over(redis.client()).patience(Duration.ofMillis(200)),
            "10rph",
            OnStoreFailure.LOCAL);
    assertThat(admitted(quotas, "ann", 40)).isEqualTo(5);
    assertThat(state(quotas).away()).isTrue();
    assertThat(state(quotas).why()).startsWith("RedisConnectionException");

    redis.startAgain();
    until(() -> !state(quotas).away());
    settled(quotas);
    assertThat(admitted(quotas, "ann", 40)).isEqualTo(5);
  }

  @Test
  void forgottenScriptIsSentAgain() {
    EmbeddedRedis redis = redis();
    PlanQuotas quotas = quotas(redis.client(), "10rph", OnStoreFailure.CLOSED);
    for (int i = 0; i < 5; i++) {
      assertThat(admitted(quotas, "ann", 1)).isEqualTo(1);
      redis.run(commands -> commands.scriptFlush());
      assertThat(admitted(quotas, "ann", 1)).isEqualTo(1);
      settled(quotas);
    }
    assertThat(admitted(quotas, "ann", 1)).isZero();
    assertThat(state(quotas).unanswered()).isZero();
  }

  @Test
  void cutConnectionsLoseAndDoubleNothing() {
    EmbeddedRedis redis = redis();
    PlanQuotas quotas = quotas(redis.client(), "400rph", OnStoreFailure.CLOSED);
    int granted = 0;
    for (int cut = 0; cut < 4; cut++) {
      List<Reservation> running = new ArrayList<>();
      running.add(Asked.granted(quotas.admit(call("ann"))));
      redis.run(commands -> commands.clientKill(KillArgs.Builder.typeNormal().skipme()));
      running.forEach(one -> one.settle(1));
      granted += 1 + admitted(quotas, "ann", 5);
      until(() -> !state(quotas).away());
      settled(quotas);
    }
    assertThat(granted).isGreaterThanOrEqualTo(4);
    int counted = granted;
    admitted(quotas, "ann", 1);
    assertThat(quotas.standings(Caller.user("ann"), "").get(0).used()).isEqualTo(counted + 1L);
  }

  @Test
  void fullRedisIsAwayAndComesBackWhenThereIsRoom() {
    EmbeddedRedis redis = redis("maxmemory-policy noeviction");
    PlanQuotas quotas = quotas(redis.client(), "10rph", OnStoreFailure.LOCAL);
    Reservation running = granted(quotas.admit(call("ann")));
    redis.run(commands -> commands.configSet("maxmemory", "100kb"));
    running.settle(1);
    assertThat(admitted(quotas, "ann", 40)).isEqualTo(5);
    assertThat(state(quotas).away()).isTrue();
    assertThat(state(quotas).why()).contains("OOM");

    redis.run(commands -> commands.configSet("maxmemory", "0"));
    until(() -> !state(quotas).away());
    settled(quotas);
    assertThat(admitted(quotas, "ann", 40)).isEqualTo(4);
  }

  @Test
  void replicaIsNoStore() {
    EmbeddedRedis redis = redis();
    PlanQuotas quotas = quotas(redis.client(), "10rph", OnStoreFailure.LOCAL);
    redis.run(commands -> commands.replicaof("127.0.0.1", EmbeddedRedis.freePort()));
    assertThat(admitted(quotas, "ann", 40)).isEqualTo(5);
    assertThat(state(quotas).away()).isTrue();
    assertThat(state(quotas).why()).contains("READONLY");
    redis.run(commands -> commands.replicaofNoOne());
    until(() -> !state(quotas).away());
    settled(quotas);
    assertThat(admitted(quotas, "ann", 40)).isEqualTo(5);
  }

  @Test
  void applicationsWithOtherPrefixesShareNothing() {
    EmbeddedRedis redis = redis();
    RedisQuotaStore.Builder one = store(redis.client()).prefix("one");
    RedisQuotaStore.Builder two = store(redis.client()).prefix("two");
    assertThat(admitted(quotas(one, "3rph", OnStoreFailure.CLOSED), "ann", 9)).isEqualTo(3);
    assertThat(admitted(quotas(two, "3rph", OnStoreFailure.CLOSED), "ann", 9)).isEqualTo(3);
    assertThat(admitted(quotas(one, "3rph", OnStoreFailure.CLOSED), "ann", 9)).isZero();
  }

  @Test
  void everyKeyExpiresAndNoneNamesAUser() {
    EmbeddedRedis redis = redis();
    PlanQuotas quotas =
        opened(
            PlanQuotas.builder()
                .limits(Limits.parse("3rpm 2par 9usd/mo 1ktpd"))
                .tenantLimits(Limits.parse("9rph 4par"))
                .store(
                    new SharedStore(
                        store(redis.client()).build(), Map.of(), 1, Duration.ofSeconds(10)))
                .build());
    Reservation stays = granted(quotas.admit(call(Caller.of("annabella", "wonderland"), 5)));
    granted(quotas.admit(call(Caller.of("annabella", "wonderland"), 5))).settle(2);
    settled(quotas);
    redis.run(
        commands -> {
          List<String> keys = commands.keys("*");
          assertThat(keys).hasSize(7).allMatch(key -> key.startsWith("resilient:"));
          for (String key : keys) {
            assertThat(key).doesNotContainIgnoringCase("anna").doesNotContain("wonder");
            assertThat(commands.pttl(key)).as(key).isPositive();
          }
        });
    stays.giveBack();
  }

  @Test
  void instancesAgreeUponASecretAndKeepItWhenRedisForgets() {
    EmbeddedRedis redis = redis();
    PlanQuotas one = quotas(redis.client(), "6rph", OnStoreFailure.CLOSED);
    PlanQuotas two = quotas(redis.anotherClient(), "6rph", OnStoreFailure.CLOSED);
    assertThat(admitted(one, "ann", 2)).isEqualTo(2);
    assertThat(admitted(two, "ann", 2)).isEqualTo(2);
    assertThat(admitted(one, "ann", 9)).isEqualTo(2);
  }
}
