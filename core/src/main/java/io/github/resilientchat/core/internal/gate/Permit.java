package io.github.resilientchat.core.internal.gate;

/** Leave to pass a gate. The engine releases it exactly once, whatever happens. */
@FunctionalInterface
public non-sealed interface Permit extends Entry {

  /** A permit that holds nothing. */
  Permit FREE = outcome -> {};

  void release(Outcome outcome);

  /**
   * The first content of a stream is here: the target works, however long its answer takes and
   * whatever comes of it. Said at most once, before the release.
   */
  default void working() {}
}
