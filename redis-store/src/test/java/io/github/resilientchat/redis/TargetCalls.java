package io.github.resilientchat.redis;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Calls over one limited target, as one of four instances of a fleet makes them. */
final class TargetCalls {

  static final int TOKENS = 10;
  static final int INSTANCES = 4;

  private final RedisClient client;
  private final Map<String, Router> routers = new HashMap<>();

  TargetCalls(RedisClient client) {
    this.client = client;
  }

  /**
   * Calls again and again.
   *
   * @param pauseMicros between two calls
   * @return how many were let in, how many were not, and for how many microseconds it went on
   */
  FleetNode.Outcome run(String prefix, String limits, long millis, long pauseMicros) {
    Router router = routers.computeIfAbsent(prefix, unused -> router(prefix, limits));
    ModelCall call =
        ModelCall.blocking(Caller.user("ann"), new TokenEstimate(TOKENS / 2, TOKENS / 2));
    long granted = 0;
    long refused = 0;
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < Duration.ofMillis(millis).toNanos()) {
      Step step = router.begin(call);
      if (step instanceof Attempt attempt) {
        attempt.completed(Usage.of(TOKENS / 2, TOKENS / 2));
        granted++;
      } else if (step instanceof GiveUp) {
        refused++;
      } else {
        throw new IllegalStateException("neither asked nor refused: " + step);
      }
      LockSupport.parkNanos(pauseMicros * 1_000);
    }
    long micros = (System.nanoTime() - begin) / 1_000;
    return new FleetNode.Outcome(granted, refused, micros, micros);
  }

  private Router router(String prefix, String limits) {
    Engine engine = Engine.builder().fleet(new RedisFleet(client, prefix, INSTANCES)).build();
    Target target =
        Target.builder("sonnet")
            .account("main")
            .region("us-east-1")
            .model("m")
            .limits(Limits.parse(limits.replace(',', ' ')))
            .build();
    return engine.router(
        Route.named("chat")
            .tier(target)
            .policy(RoutePolicy.DEFAULTS.withMaxWait(Duration.ZERO))
            .build());
  }
}
