package io.github.resilientchat.core;

import java.util.List;
import java.util.Optional;

/**
 * A source of the caller, asked on the thread on which a call enters the model, after the request
 * itself was asked. Must not block.
 */
@FunctionalInterface
public interface CallerResolver {

  /** The caller, or empty when this source knows none. */
  Optional<Caller> resolve();

  /** The caller bound to the current thread by {@link CallerScope}. */
  static CallerResolver scope() {
    return CallerScope::current;
  }

  /** The first of these that knows the caller. */
  static CallerResolver firstOf(List<CallerResolver> sources) {
    List<CallerResolver> copy = List.copyOf(sources);
    return () -> copy.stream().flatMap(source -> source.resolve().stream()).findFirst();
  }
}
