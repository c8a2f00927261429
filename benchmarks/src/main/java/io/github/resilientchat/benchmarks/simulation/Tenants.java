package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One noisy and nine quiet tenants ask for one and a half times what the fleet has: each quiet one
 * for a tenth of it, which is her fair share, the noisy one for all the rest. In the first third of
 * a run the noisy one is alone.
 */
final class Tenants {

  private static final int QUIET = 9;
  private static final double LOAD = 1.5;
  private static final double SECONDS = 1_800;
  private static final double ALONE_UNTIL = 600;

  /** Two minutes after the quiet ones have come: what was lent is back by then. */
  private static final double MEASURED_FROM = 720;

  private final World world;
  private final SplittableRandom random;
  private final Router router;
  private final List<Target> targets;
  private final double capacity;
  private final Count[] counts = new Count[QUIET + 1];
  private final Count alone = new Count();
  private int drawn;

  /** Calls of a tenant. */
  private static final class Count {
    private long asked;
    private long served;
  }

  /**
   * What came out.
   *
   * @param worstQuiet percent of her fair share that the quiet tenant got who got least
   * @param served percent of the quota that all together got
   * @param lent percent of the quota that the noisy one got while she was alone
   */
  record Result(double worstQuiet, double served, double lent) {}

  private Tenants(long seed, boolean fair) {
    Scenario scenario = Scenario.OVERLOAD;
    this.world = new World(scenario, Rigour.FIGURES);
    this.random = new SplittableRandom(seed * 77_003 + 5);
    this.capacity = scenario.callsPerSecond() / scenario.load();
    this.targets = Deployment.FLEET.stream().map(each -> each.target("")).toList();
    this.router =
        Engine.builder()
            .ticker(world.time())
            .random(random.split())
            .classifier(ProviderError.CLASSIFIER)
            .quotas(
                PlanQuotas.builder()
                    .ticker(world.time())
                    .clock(() -> Instant.EPOCH)
                    .fairShares(fair)
                    .build())
            .build()
            .router(Route.named("chat").tier(targets).build());
    for (int tenant = 0; tenant < counts.length; tenant++) {
      counts[tenant] = new Count();
    }
  }

  static Result of(long seed, boolean fair) {
    Tenants run = new Tenants(seed, fair);
    double quiet = run.capacity / (QUIET + 1);
    run.planNext(0, LOAD * run.capacity - QUIET * quiet, 0);
    for (int tenant = 1; tenant <= QUIET; tenant++) {
      run.planNext(tenant, quiet, ALONE_UNTIL);
    }
    run.world.time().run();
    return run.result();
  }

  private Result result() {
    double measured = capacity * (SECONDS - MEASURED_FROM);
    double fairShare = measured / counts.length;
    double worst = Double.POSITIVE_INFINITY;
    double served = counts[0].served;
    for (int tenant = 1; tenant < counts.length; tenant++) {
      Count count = counts[tenant];
      worst = Math.min(worst, count.served / Math.min(fairShare, count.asked));
      served += count.served;
    }
    double wantedAlone = Math.min(alone.asked, capacity * (ALONE_UNTIL - ALONE_UNTIL / 2));
    return new Result(100 * worst, 100 * served / measured, 100 * alone.served / wantedAlone);
  }

  private void planNext(int tenant, double callsPerSecond, double from) {
    VirtualTime time = world.time();
    double wait = -Math.log(1 - random.nextDouble()) / callsPerSecond;
    double at = Math.max(from, time.seconds()) + wait;
    if (at < SECONDS) {
      time.after(
          VirtualTime.nanosOf(at - time.seconds()),
          () -> {
            ask(tenant);
            planNext(tenant, callsPerSecond, from);
          });
    }
  }

  private void ask(int tenant) {
    Sizes.Kind kind = Sizes.EQUAL.kindAt(0);
    int output = (int) (kind.medianOutput() * Math.exp(Sizes.SIGMA * random.nextGaussian()));
    Request request =
        new Request(
            drawn++,
            0,
            kind.input(),
            Math.max(1, Math.min(kind.maxOutput(), output)),
            ModelCall.blocking(
                Caller.of("user-" + random.nextInt(5), "tenant-" + tenant),
                new TokenEstimate(kind.input(), kind.maxOutput())),
            random.nextLong(),
            Double.POSITIVE_INFINITY,
            false);
    double now = world.time().seconds();
    Count count = now >= MEASURED_FROM ? counts[tenant] : new Count();
    if (tenant == 0 && now >= ALONE_UNTIL / 2 && now < ALONE_UNTIL) {
      count = alone;
    }
    count.asked++;
    Count of = count;
    new TenantCall(world, targets, request, () -> of.served++).follow(router.begin(request.call()));
  }

  /** The mean of some seeds, and of the worst quiet tenants the worst. */
  static Result over(int seeds, boolean fair) {
    List<Result> all = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      all.add(of(seed, fair));
    }
    return new Result(
        all.stream().mapToDouble(Result::worstQuiet).min().orElseThrow(),
        all.stream().mapToDouble(Result::served).average().orElseThrow(),
        all.stream().mapToDouble(Result::lent).average().orElseThrow());
  }
}
