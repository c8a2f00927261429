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
      double seconds,
      double failures,
      double quotaLeft,
      double rampUp,
      boolean probeDue)
      implements TargetSignals {

    static final Known NOTHING = new Known(0, Double.NaN, 0, 1, 1, false);

    @Override
    public double latency(boolean streaming) {
      return seconds;
    }

    Known busy(int attempts) {
      return new Known(attempts, seconds, failures, quotaLeft, rampUp, probeDue);
    }

    Known takes(double latency) {
      return new Known(inFlight, latency, failures, quotaLeft, rampUp, probeDue);
    }

    Known failing(double share) {
      return new Known(inFlight, seconds, share, quotaLeft, rampUp, probeDue);
    }

    Known left(double share) {
      return new Known(inFlight, seconds, failures, share, rampUp, probeDue);
    }

    Known ramping(double share) {
      return new Known(inFlight, seconds, failures, quotaLeft, share, probeDue);
    }

    Known waiting() {
      return new Known(inFlight, seconds, failures, quotaLeft, rampUp, true);
    }
  }
}
