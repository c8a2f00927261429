package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.operation.Part;
import io.github.resilientchat.core.route.Target;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an engine that somebody took out. A target hears of it, so that a call asks nobody.
 * Thread-safe; holds its lock for moments and calls nobody else's code.
 */
public final class Drains {

  private final Set<Part> parts = new LinkedHashSet<>();
  private final Map<Target, Rests> targets = new HashMap<>();
  private volatile int changes;

  /** Whom to tell. */
  synchronized void covers(Target target, Rests rests) {
    targets.put(target, rests);
    @Nullable Refusal why = why(target);
    if (why != null) {
      rests.drained(why);
    }
  }

  public synchronized Set<Part> all() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(parts));
  }

  public synchronized boolean add(Part part) {
    boolean isNew = parts.add(part);
    tell(part);
    return isNew;
  }

  public synchronized boolean remove(Part part) {
    boolean known = parts.remove(part);
    tell(part);
    return known;
  }

  /**
   * How many changes came. Who found everybody taken out looks again if this is another number than
   * before: one part may have come back behind her, and the next gone ahead.
   */
  public int changes() {
    return changes;
  }

  // Counted first: who still sees the old number has seen nothing of this change.
  @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
  private void tell(Part part) {
    changes++;
    targets.forEach(
        (target, rests) -> {
          if (part.covers(target)) {
            rests.drained(why(target));
          }
        });
  }

  private @Nullable Refusal why(Target target) {
    for (Part part : parts) {
      if (part.covers(target)) {
        return new Refusal("drained with " + part, null, Refusal.Reason.WORD);
      }
    }
    return null;
  }
}
