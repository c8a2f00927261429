package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Calls that arrive at random (Poisson), drawn from the seed alone. */
final class Traffic {

  private static final double STREAMED = 0.5;
  private static final int USERS = 40;
  private static final List<Caller> CALLERS = callers();

  private final Scenario scenario;
  private final Rigour rigour;
  private final SplittableRandom random;
  private final double callsPerSecond;
  private int drawn;

  Traffic(Scenario scenario, Rigour rigour, long seed) {
    this.scenario = scenario;
    this.rigour = rigour;
    this.random = new SplittableRandom(seed * 31 + 7);
    this.callsPerSecond = scenario.callsPerSecond();
  }

  double secondsToNext() {
    return -Math.log(1 - random.nextDouble()) / callsPerSecond;
  }

  Request next() {
    Sizes.Kind kind = scenario.sizes().kindAt(random.nextDouble());
    int output = (int) (kind.medianOutput() * Math.exp(Sizes.SIGMA * random.nextGaussian()));
    long estimate = Math.round(kind.input() * (0.9 + 0.3 * random.nextDouble()));
    boolean streaming = random.nextDouble() < STREAMED;
    Caller caller = CALLERS.get(random.nextInt(USERS));
    TokenEstimate tokens = new TokenEstimate(estimate, kind.maxOutput());
    ModelCall call =
        streaming ? ModelCall.streaming(caller, tokens) : ModelCall.blocking(caller, tokens);
    return new Request(
        drawn++,
        random.nextInt(scenario.nodes()),
        kind.input(),
        Math.max(1, Math.min(kind.maxOutput(), output)),
        rigour.isHurried(random) ? call.within(hurry()) : call,
        random.nextLong(),
        rigour.leavesAfter(random),
        rigour.isRepeated(random));
  }

  private Duration hurry() {
    return Duration.ofMillis(500 + random.nextInt(20_000));
  }

  private static List<Caller> callers() {
    List<Caller> callers = new ArrayList<>();
    for (int user = 0; user < USERS; user++) {
      callers.add(Caller.user("user-" + user));
    }
    return List.copyOf(callers);
  }
}
