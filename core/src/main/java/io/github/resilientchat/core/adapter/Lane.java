package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.StreamInterruptedException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What one call tells its user: one thing at a time, in order, at most one ending, and nothing
 * after it or after {@link #silence}. While the user is busy, or wants nothing, the rest waits
 * here; how much that is, the targets are told.
 */
final class Lane<P> {

  private final Streaming.Models<P> models;
  private final Streaming.Audience<P> audience;
  private final Room room;
  private final Runnable leave;
  private final Runnable over;
  private final Deque<Object> waiting = new ArrayDeque<>(4);
  private final StringBuilder text = new StringBuilder();
  private boolean open;
  private boolean closed;
  private volatile boolean silent;

  private record Restart(StreamInterruptedException broken, Runnable next) {}

  private record Last<P>(P part, CallReport report) {}

  private record Complete(CallReport report) {}

  private record Fail(Throwable reason) {}

  /**
   * @param leave what to do when the user throws
   * @param over what to do when nothing more will be told; may be said more than once
   */
  Lane(
      Streaming.Models<P> models,
      Streaming.Audience<P> audience,
      Room room,
      Runnable leave,
      Runnable over) {
    this.models = models;
    this.audience = audience;
    this.room = room;
    this.leave = leave;
    this.over = over;
  }

  void part(P part) {
    put(part);
  }

  /**
   * What was told is void.
   *
   * @param next what to do when the user knows, unless she leaves
   */
  void restart(StreamInterruptedException broken, Runnable next) {
    put(new Restart(broken, next));
  }

  void lastPart(P part, CallReport report) {
    put(new Last<>(part, report));
  }

  void complete(CallReport report) {
    put(new Complete(report));
  }

  void fail(Throwable reason) {
    put(new Fail(reason));
  }

  /** Told on the spot: nothing was told before, and nothing will be. */
  void refuse(Throwable reason) {
    if (!silent) {
      silence();
      try {
        audience.refused(reason);
      } catch (Throwable fault) {
        Foreign.log(audience.getClass().getName(), fault);
      }
      over.run();
    }
  }

  /**
   * Tells this in place of all that waits, and of all that would follow.
   *
   * @return false if the end is known already, told or not
   */
  synchronized boolean stop(Throwable why) {
    if (silent || closed) {
      return false;
    }
    waiting.clear();
    put(new Fail(why));
    return true;
  }

  private synchronized void put(Object word) {
    if (!silent && !closed) {
      waiting.add(word);
      closed = word instanceof Complete || word instanceof Fail;
    }
  }

  /** Nothing more is told; a word that the user is in stays the last. */
  void silence() {
    silent = true;
    synchronized (this) {
      waiting.clear();
    }
  }

  /** Whether somebody has to {@link #tell}: there is a word, it is wanted, and nobody is at it. */
  synchronized boolean opens() {
    boolean opens = !open && isNextWanted();
    open |= opens;
    return opens;
  }

  private boolean isNextWanted() {
    @Nullable Object next = waiting.peek();
    return next != null && (next instanceof Complete || next instanceof Fail || audience.isReady());
  }

  private synchronized @Nullable Object next() {
    if (!isNextWanted()) {
      open = false;
      return null;
    }
    return waiting.remove();
  }

  /** Tells all there is, on the thread to which the lane was opened. */
  void tell() {
    for (Object word = next(); word != null; word = next()) {
      if (!silent) {
        try {
          tell(word);
        } catch (Throwable fault) {
          threw(fault);
        }
      }
    }
  }

  /** Unless the user has heard the end, or left, she waits for one. */
  private void threw(Throwable fault) {
    Foreign.log(audience.getClass().getName(), fault);
    boolean waits = !silent;
    leave.run();
    if (waits) {
      Foreign.run(audience.getClass().getName(), () -> audience.fail(fault));
    }
  }

  @SuppressWarnings("unchecked")
  private void tell(Object word) {
    if (word instanceof Restart restart) {
      StreamInterruptedException told = restart.broken().withPartialText(text.toString());
      text.setLength(0);
      audience.restart(told);
      if (!silent) {
        restart.next().run();
      }
    } else if (word instanceof Last<?> last) {
      P part = (P) last.part();
      told(part);
      audience.lastPart(part, last.report());
    } else if (word instanceof Complete complete) {
      silence();
      try {
        audience.complete(complete.report());
      } finally {
        over.run();
      }
    } else if (word instanceof Fail fail) {
      silence();
      try {
        audience.fail(
            fail.reason() instanceof StreamInterruptedException broken
                ? broken.withPartialText(text.toString())
                : fail.reason());
      } finally {
        over.run();
      }
    } else {
      P part = (P) word;
      told(part);
      audience.part(part);
    }
  }

  private void told(P part) {
    models.addText(part, text);
    room.freed(models.length(part));
  }
}
