package io.github.resilientchat.autoconfigure.operation;

import java.util.concurrent.atomic.LongAdder;

/** What came of properties that were read again, dry runs left out. Thread-safe. */
public final class ReloadCounts {

  private final LongAdder changed = new LongAdder();
  private final LongAdder same = new LongAdder();
  private final LongAdder refused = new LongAdder();

  ReloadCounts() {}

  void count(Reloaded reloaded) {
    (reloaded.isNothing() ? same : changed).increment();
  }

  void countRefused() {
    refused.increment();
  }

  /** How often something changed. */
  public long changed() {
    return changed.sum();
  }

  /** How often they said what held already. */
  public long same() {
    return same.sum();
  }

  /** How often they were wrong, or wanted a restart. */
  public long refused() {
    return refused.sum();
  }
}
