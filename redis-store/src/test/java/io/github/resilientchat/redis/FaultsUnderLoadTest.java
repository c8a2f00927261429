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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real Redis that stops or dies while four threads ask it, and comes back while they do. */
class FaultsUnderLoadTest {

  private static final int CALLERS = 4;
  private static final long LIMIT = 2_000;

  /** One of two instances, alone, has half of each limit. */
  private static final long SHARE = LIMIT / 2;

  private static final int SOME = 300;
  private static final int MORE_THAN_A_SHARE = 1_500;

  private final EmbeddedRedis redis = EmbeddedRedis.start();
  private final List<PlanQuotas> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(PlanQuotas::close);
    redis.close();
  }

  private PlanQuotas quotas(OnStoreFailure onFailure, Duration patience) {
    SharedStore store =
        new SharedStore(
            RedisQuotaStore.over(redis.client()).patience(Duration.ofMinutes(1)).build(),
            Map.of(Limit.Measure.REQUESTS, onFailure),
            2,
            patience);
    PlanQuotas quotas =
        PlanQuotas.builder()
            .limits(Limits.parse(LIMIT + "rph"))
            .store(store)
            .fairShares(false)
            .build();
    open.add(quotas);
    return quotas;
  }

  /** Threads that call, one call after another, until it is closed. */
  private static final class Load implements AutoCloseable {

    private final PlanQuotas quotas;
    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    private final List<Future<?>> all = new ArrayList<>();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong granted = new AtomicLong();
    private final AtomicLong settledLater = new AtomicLong();
    private volatile boolean later;
    private volatile boolean over;

    Load(PlanQuotas quotas) {
      this.quotas = quotas;
      for (int i = 0; i < CALLERS; i++) {
        all.add(threads.submit(this::call));
      }
    }

    private void call() {
      while (!over) {
        Admission admission = admit(quotas, Asked.call("ann"));
        asked.incrementAndGet();
        // As long as a call takes.
        LockSupport.parkNanos(1_000_000);
        if (admission instanceof Admission.Granted one) {
          settledLater.addAndGet(later ? 1 : 0);
          one.reservation().settle(1);
          granted.incrementAndGet();
        }
      }
    }

    void goesOn(int calls) {
      long before = asked.get();
      until(() -> asked.get() >= before + calls || all.stream().anyMatch(Future::isDone));
    }

    @Override
    public void close() throws Exception {
      over = true;
      for (Future<?> one : all) {
        one.get();
      }
      threads.shutdown();
    }
  }

  private static StoreState state(PlanQuotas quotas) {
    return quotas.store().orElseThrow();
  }

  /** Without Redis; what was under way is counted a little later. */
  private static void alone(Load load, OnStoreFailure onFailure) {
    until(() -> state(load.quotas).away());
    long before = load.granted.get();
    load.goesOn(MORE_THAN_A_SHARE);
    long granted = load.granted.get() - before;
    switch (onFailure) {
      case LOCAL -> assertThat(granted).isLessThanOrEqualTo(SHARE + CALLERS);
      case OPEN -> assertThat(granted).isGreaterThanOrEqualTo(MORE_THAN_A_SHARE - CALLERS);
      case CLOSED -> assertThat(granted).isLessThanOrEqualTo(CALLERS);
    }
  }

  private static void settled(PlanQuotas quotas) {
    until(() -> state(quotas).untold() == 0 && !state(quotas).away());
    assertThat(state(quotas).lost()).isZero();
  }

  /** What Redis says that was used. */
  private long counted() {
    PlanQuotas other = quotas(OnStoreFailure.CLOSED, Duration.ofSeconds(20));
    boolean one = admit(other, call("ann")) instanceof Admission.Granted;
    return other.standings(Caller.user("ann"), "").get(0).used() - (one ? 1 : 0);
  }

  /** How many may be granted beside what Redis grants. */
  private static long beside(OnStoreFailure onFailure) {
    return switch (onFailure) {
      case LOCAL -> SHARE;
      case OPEN -> Long.MAX_VALUE / 2;
      case CLOSED -> 0;
    };
  }

  @ParameterizedTest
  @EnumSource(OnStoreFailure.class)
  void stoppedRedisKnowsAllThatWasUsedWhenItGoesOn(OnStoreFailure onFailure) throws Exception {
    PlanQuotas quotas = quotas(onFailure, Duration.ofSeconds(1));
    Load load = new Load(quotas);
    try (load) {
      load.goesOn(SOME);
      redis.signal("STOP");
      alone(load, onFailure);
      redis.signal("CONT");
      until(() -> !state(quotas).away());
      load.goesOn(SOME);
    }
    settled(quotas);
    assertThat(load.granted.get()).isLessThanOrEqualTo(LIMIT + beside(onFailure));
    assertThat(counted()).isEqualTo(load.granted.get());
  }

  @ParameterizedTest
  @EnumSource(OnStoreFailure.class)
  void killedRedisKnowsAllThatWasUsedSinceWhenItIsBack(OnStoreFailure onFailure) throws Exception {
    PlanQuotas quotas = quotas(onFailure, Duration.ofSeconds(1));
    Load load = new Load(quotas);
    try (load) {
      load.goesOn(SOME);
      redis.signal("KILL");
      load.later = true;
      alone(load, onFailure);
      redis.startAgain();
      until(() -> !state(quotas).away());
      load.goesOn(SOME);
    }
    settled(quotas);
    // What the dead one had granted was under way.
    assertThat(load.settledLater.get()).isLessThanOrEqualTo(LIMIT + beside(onFailure) + CALLERS);
    // Some of what was said before it died was not heard, and is said to the next.
    assertThat(counted()).isBetween(load.settledLater.get(), load.granted.get());
  }
}
