package io.github.resilientchat.core.internal.choice;

import io.github.resilientchat.core.route.Target;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The targets of an engine that failed by their own fault and have yet to show that they are sound,
 * told one after the other, so that nobody has to look at all targets to find them. Thread-safe.
 */
final class Out {

  private final Queue<Entry> waiting = new ConcurrentLinkedQueue<>();

  /** A target's place in the queue; it has one at most. */
  static final class Entry {
    private final Target target;
    private volatile boolean out;
    private volatile boolean queued;

    Entry(Target target) {
      this.target = target;
    }
  }

  void add(Entry entry) {
    entry.out = true;
    synchronized (entry) {
      if (!entry.queued) {
        entry.queued = true;
        waiting.add(entry);
      }
    }
  }

  void clear() {
    waiting.clear();
  }

  /** It is sound; it leaves the queue when its turn comes. */
  static void remove(Entry entry) {
    if (entry.out) {
      entry.out = false;
    }
  }

  /** The next that is out, which goes to the end of the queue; null when none is. */
  @Nullable Target next() {
    for (Entry entry = waiting.poll(); entry != null; entry = waiting.poll()) {
      if (entry.out) {
        waiting.add(entry);
        return entry.target;
      }
      synchronized (entry) {
        entry.queued = false;
        if (entry.out) {
          entry.queued = true;
          waiting.add(entry);
          return entry.target;
        }
      }
    }
    return null;
  }
}
