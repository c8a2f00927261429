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
}
