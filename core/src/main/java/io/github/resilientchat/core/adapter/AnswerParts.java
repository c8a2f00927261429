package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.report.CallReport;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one attempt's answer: what they say of the whole, and those that wait to be told.
 * Those without content wait for the first content, and the last ones until it is known what to say
 * about the whole. Bounded; none is lost.
 */
final class AnswerParts<P> {

  private static final int MOST = 64;

  private final Streaming.Models<P> models;
  private final Lane<P> lane;
  private final Deque<P> held = new ArrayDeque<>(2);
  private @Nullable Usage usage;
  private boolean finished;

  AnswerParts(Streaming.Models<P> models, Lane<P> lane) {
    this.models = models;
    this.lane = lane;
  }

  /** Whether the answer must be the call's: at the first content, and before a part is lost. */
  boolean mustCommit(P part) {
    return isFull() || models.hasContent(part);
  }

  /** Reads what a part says of the whole. */
  void read(P part) {
    finished |= models.finishes(part);
    Usage counted = models.usage(part);
    usage = counted == null ? usage : counted;
  }

  /** Whether the framework has said why the answer ends. */
  boolean isFinished() {
    return finished;
  }

  /** What the framework says the answer used; null when it has not said. */
  @Nullable Usage usage() {
    return usage;
  }

  private boolean isFull() {
    return held.size() == MOST;
  }

  /** Holds a part back; the oldest is told in place of one too many. */
  void hold(P part) {
    if (isFull()) {
      lane.part(held.remove());
    }
    held.add(part);
  }

  /** Tells a part after those before it, or holds it back if it is one of the last. */
  void tell(P part) {
    if (finished) {
      hold(part);
    } else {
      release();
      lane.part(part);
    }
  }

  /** Tells those that are held. */
  void release() {
    for (P part = held.poll(); part != null; part = held.poll()) {
      lane.part(part);
    }
  }

  /** Tells them as the last parts of a whole answer. */
  void release(CallReport report) {
    for (P part = held.poll(); part != null; part = held.poll()) {
      lane.lastPart(part, report);
    }
  }
}
