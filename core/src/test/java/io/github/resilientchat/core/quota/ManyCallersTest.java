package io.github.resilientchat.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many threads, while accounts are made, shared and dropped. */
class ManyCallersTest {

  private static final int THREADS = 8;

  private final VirtualClock clock = new VirtualClock();
  private final Map<Object, AtomicInteger> granted = new ConcurrentHashMap<>();

  private void run(int calls, CallerQuotas quotas, boolean end) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Random random = new Random(thread);
        all.add(threads.submit(() -> call(calls, quotas, random, end)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void call(int calls, CallerQuotas quotas, Random random, boolean end) {
    for (int i = 0; i < calls; i++) {
      Caller caller = Caller.of("user" + random.nextInt(10), "tenant" + random.nextInt(3));
      if (quotas.admit(ModelCall.blocking(caller, new TokenEstimate(10, 0)))
          instanceof Admission.Granted let) {
        for (Object who : List.of(caller, caller.tenant(), "all")) {
          granted.computeIfAbsent(who, made -> new AtomicInteger()).incrementAndGet();
        }
        if (end) {
          let.reservation().giveBack();
        } else {
          let.reservation().settle(10);
        }
      }
    }
  }

  @Test
  void letInExactlyAsMuchAsTheLimitsAllow() throws Exception {
    PlanQuotas quotas =
        PlanQuotas.builder()
            .limits(Limits.parse("40rpm 1ktpm"))
            .tenantLimits(Limits.parse("150rpm"))
            .applicationLimits(Limits.parse("400rpm"))
            .ticker(clock)
            .clock(clock)
            .build();
    run(500, quotas, false);

    assertThat(granted.get("all")).hasValue(400);
    granted.forEach(
        (who, many) ->
            assertThat(many.get())
                .isLessThanOrEqualTo(who instanceof Caller ? 40 : who.equals("all") ? 400 : 150));
  }

  @Test
  void whileAccountsAreDroppedNothingIsLostAndNobodyWaitsForAnother() throws Exception {
    PlanQuotas quotas =
        PlanQuotas.builder()
            .limits(Limits.parse("2par 1ktpm"))
            .tenantLimits(Limits.parse("5par 1ktpm"))
            .maxAccounts(12)
            .ticker(clock)
            .clock(clock)
            .build();
    run(2_000, quotas, true);

    clock.advance(Duration.ofMinutes(2));
    for (int tenant = 0; tenant < 3; tenant++) {
      for (Standing standing : quotas.standings(Caller.of("user1", "tenant" + tenant), "")) {
        assertThat(standing.used()).isZero();
      }
    }
  }
}
