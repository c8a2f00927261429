package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.report.CallReport;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Parts of an answer that wait to be told: those without content before the first content, and the
 * last ones, until it is known what to say about the whole. Bounded; none is lost.
 */
final class HeldParts<P> {

  private static final int MOST = 64;

  private final Lane<P> lane;
  private final Deque<P> parts = new ArrayDeque<>(2);

  HeldParts(Lane<P> lane) {
    this.lane = lane;
  }

  /** Whether one more is too many. */
  boolean isFull() {
    return parts.size() == MOST;
  }

  /** Holds a part back; the oldest is told in place of one too many. */
  void add(P part) {
    if (isFull()) {
      lane.part(parts.remove());
    }
    parts.add(part);
  }

  /** Tells them. */
  void release() {
    for (P part = parts.poll(); part != null; part = parts.poll()) {
      lane.part(part);
    }
  }

  /** Tells them as the last parts of a whole answer. */
  void release(CallReport report) {
    for (P part = parts.poll(); part != null; part = parts.poll()) {
      lane.lastPart(part, report);
    }
  }
}
