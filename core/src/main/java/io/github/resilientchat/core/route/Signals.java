package io.github.resilientchat.core.route;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a strategy may look at. */
public interface Signals {

  /** What is known of a target; the same object for ever. */
  TargetSignals of(Target target);

  /** The source of all chance; thread-safe. */
  RandomGenerator random();

  /** The engine's clock, in nanoseconds. */
  long now();

  /**
   * A target that failed by its own fault and has not answered often enough since, another one each
   * time; null when there is none. Lets an order over many targets find one that waits to prove
   * itself without looking at all.
   */
  @Nullable Target nextOut();

  /**
   * How many times a target failed by its own fault, began to rest or was taken out. Who has found
   * all targets {@linkplain TargetSignals#isSound sound} after asking this need not look at them
   * again while it stays the same. 0 where nobody counts.
   */
  default long troubles() {
    return 0;
  }
}
