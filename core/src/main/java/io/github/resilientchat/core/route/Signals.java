package io.github.resilientchat.core.route;

import java.util.random.RandomGenerator;

/** What a strategy may look at. */
public interface Signals {

  TargetSignals of(Target target);

  /** The source of all chance; thread-safe. */
  RandomGenerator random();
}
