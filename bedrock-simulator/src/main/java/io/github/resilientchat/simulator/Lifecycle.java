package io.github.resilientchat.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where in its life a model is. */
record Lifecycle(boolean legacy, @Nullable Instant ends) {

  static final Lifecycle ACTIVE = new Lifecycle(false, null);
}
