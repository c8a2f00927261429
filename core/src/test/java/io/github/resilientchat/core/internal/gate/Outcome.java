package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.failure.Consequence;
import org.jspecify.annotations.Nullable;

/** How an attempt of a test ends. */
record Outcome(Ending ending, @Nullable Consequence then, long elapsedNanos) {}
