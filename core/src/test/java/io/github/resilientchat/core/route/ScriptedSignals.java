package io.github.resilientchat.core.route;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Signals that a test sets; of other targets nothing is known. */
final class ScriptedSignals implements Signals {

  private final RandomGenerator random;
  private final Map<Target, TargetSignals> known = new LinkedHashMap<>();
  private int turn;

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

  @Override
  public long now() {
    return 0;
  }

  @Override
  public @Nullable Target nextOut() {
    List<Target> out =
        known.entrySet().stream()
            .filter(entry -> entry.getValue().probeDue(false, 0))
            .map(Map.Entry::getKey)
            .toList();
    return out.isEmpty() ? null : out.get(turn++ % out.size());
  }

  record Known(
      int inFlight,
      int surging,
      double seconds,
      double failing,
      double left,
      double ramp,
      boolean probe)
      implements TargetSignals {

    static final Known NOTHING = new Known(0, 0, Double.NaN, 0, 1, 1, false);

    @Override
    public double latency(boolean streaming, long now) {
      return seconds;
    }

    @Override
    public double quotaLeft(long now) {
      return left;
    }

    @Override
    public int surge() {
      return surging;
    }

    @Override
    public double slowdown(boolean streaming, long now) {
      return 1;
    }

    @Override
    public double failures(boolean streaming, long now) {
      return failing;
    }

    @Override
    public double rampUp(boolean streaming, long now) {
      return ramp;
    }

    @Override
    public boolean probeDue(boolean streaming, long now) {
      return probe;
    }

    Known busy(int attempts) {
      return new Known(attempts, surging, seconds, failing, left, ramp, probe);
    }

    Known surging(int attempts) {
      return new Known(inFlight, attempts, seconds, failing, left, ramp, probe);
    }

    Known takes(double latency) {
      return new Known(inFlight, surging, latency, failing, left, ramp, probe);
    }

    Known failing(double share) {
      return new Known(inFlight, surging, seconds, share, left, ramp, probe);
    }

    Known withQuota(double share) {
      return new Known(inFlight, surging, seconds, failing, share, ramp, probe);
    }

    Known ramping(double share) {
      return new Known(inFlight, surging, seconds, failing, left, share, probe);
    }

    Known waiting() {
      return new Known(inFlight, surging, seconds, failing, left, ramp, true);
    }
  }
}
