package io.github.resilientchat.autoconfigure.simulator;

import io.github.resilientchat.core.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time of an application in a test: the system's, and whatever a test lets pass. Quotas, those
 * of days and months and the simulator's own too, rests, breakers and deadlines all read it.
 * Thread-safe.
 */
public final class SimulatedTime implements Ticker, InstantSource {

  private final Ticker system = Ticker.system();
  private final InstantSource wall = InstantSource.system();
  private final AtomicLong passed = new AtomicLong();

  SimulatedTime() {}

  /** Lets so much time pass at once; calls that are under way may run out of theirs. */
  public void pass(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time does not go back: " + time);
    }
    passed.addAndGet(time.toNanos());
  }

  @Override
  public long nanos() {
    return system.nanos() + passed.get();
  }

  @Override
  public Instant instant() {
    return wall.instant().plusNanos(passed.get());
  }
}
