package io.github.resilientchat.core.route;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Signals that a test sets; of other targets nothing is known. */
final class ScriptedSignals implements Signals {

  private final RandomGenerator random;
  private final Map<Target, TargetSignals> known = new HashMap<>();

  ScriptedSignals(RandomGenerator random) {
    this.random = random;
  }

  ScriptedSignals with(Target target, TargetSignals signals) {
    known.put(target, signals);
    return this;
  }

  @Override
  public TargetSignals of(Target target) {
    return known.getOrDefault(target, Known.NOTHING);
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  record Known(
      int inFlight,
      int surging,
      double seconds,
      double failing,
      double quotaLeft,
      double ramp,
      boolean probe)
      implements TargetSignals {

    static final Known NOTHING = new Known(0, 0, Double.NaN, 0, 1, 1, false);

    @Override
    public double latency(boolean streaming) {
      return seconds;
    }

    @Override
    public double slowdown(boolean streaming) {
      return 1;
    }

    @Override
    public int surge() {
      return surging;
    }

    @Override
    public double failures(boolean streaming) {
      return failing;
    }

    @Override
    public double rampUp(boolean streaming) {
      return ramp;
    }

    @Override
    public boolean probeDue(boolean streaming) {
      return probe;
    }

    Known busy(int attempts) {
      return new Known(attempts, surging, seconds, failing, quotaLeft, ramp, probe);
    }

    Known surging(int attempts) {
      return new Known(inFlight, attempts, seconds, failing, quotaLeft, ramp, probe);
    }

    Known takes(double latency) {
      return new Known(inFlight, surging, latency, failing, quotaLeft, ramp, probe);
    }

    Known failing(double share) {
      return new Known(inFlight, surging, seconds, share, quotaLeft, ramp, probe);
    }

    Known left(double share) {
      return new Known(inFlight, surging, seconds, failing, share, ramp, probe);
    }

    Known ramping(double share) {
      return new Known(inFlight, surging, seconds, failing, quotaLeft, share, probe);
    }

    Known waiting() {
      return new Known(inFlight, surging, seconds, failing, quotaLeft, ramp, true);
    }
  }
}
