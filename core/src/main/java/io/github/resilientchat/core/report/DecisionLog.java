package io.github.resilientchat.core.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The reports of the last calls, newest first: every one of them can be explained afterwards. Holds
 * a fixed number, no prompt and no answer. Thread-safe; give it to an engine as a listener.
 */
public final class DecisionLog implements RouteListener {

  private final CallReport[] ring;
  private long written;

  /** A log of this many calls. */
  public DecisionLog(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("a log holds at least one call: " + size);
    }
    ring = new CallReport[size];
  }

  @Override
  public synchronized void onCall(CallReport report) {
    ring[(int) (written++ % ring.length)] = report;
  }

  /** Forgets all calls. */
  public synchronized void clear() {
    Arrays.fill(ring, null);
    written = 0;
  }

  /** The calls that are still known, newest first. */
  public synchronized List<CallReport> recent() {
    int known = (int) Math.min(written, ring.length);
    List<CallReport> recent = new ArrayList<>(known);
    for (long index = written - known; index < written; index++) {
      recent.add(ring[(int) (index % ring.length)]);
    }
    Collections.reverse(recent);
    return recent;
  }
}
