package io.github.resilientchat.core;

import java.util.List;
import java.util.Optional;

/**
 * A source of the caller, asked on the thread on which a call enters the model when neither the
 * request nor a scope names one. Must not block; what it throws ends the call.
 */
@FunctionalInterface
public interface CallerResolver {

  /** The caller, or empty when this source knows none. */
  Optional<Caller> resolve();

  /** The caller that the application bound to the current thread by {@link CallerScope}. */
  static CallerResolver scope() {
    return CallerScope::opened;
  }

  /** The first of these that knows the caller. */
  static CallerResolver firstOf(List<CallerResolver> sources) {
    List<CallerResolver> copy = List.copyOf(sources);
    return () -> copy.stream().flatMap(source -> source.resolve().stream()).findFirst();
  }
}
