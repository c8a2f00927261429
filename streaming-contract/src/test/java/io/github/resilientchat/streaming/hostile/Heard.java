package io.github.resilientchat.streaming.hostile;

import io.github.resilientchat.streaming.Lab;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the caller of one call was told. */
final class Heard {

  /**
   * An ending.
   *
   * @param error null for an answer
   */
  record End(@Nullable Throwable error) {}

  private final StringBuffer text = new StringBuffer();
  private final List<End> ends = new CopyOnWriteArrayList<>();
  private final List<Throwable> returned = new CopyOnWriteArrayList<>();
  private final Semaphore ended = new Semaphore(0);
  private volatile boolean flag;
  private volatile @Nullable Throwable thrown;

  void text(@Nullable String more) {
    text.append(more == null ? "" : more);
  }

  void complete() {
    end(new End(null));
  }

  void fail(Throwable error) {
    end(new End(error));
  }

  /** A stream's caller gets an exception instead of a stream. */
  void thrown(Throwable error) {
    thrown = error;
    fail(error);
  }

  /** Whether the caller's thread was interrupted when its call ended. */
  void flag(boolean interrupted) {
    flag = interrupted;
  }

  private void end(End end) {
    ends.add(end);
    ended.release();
  }

  /** What a handler threw, coming back; it ends nothing. */
  void comesBack(Throwable own) {
    returned.add(own);
  }

  boolean awaitEnd() throws InterruptedException {
    return ended.tryAcquire(Lab.AT_MOST.toSeconds(), TimeUnit.SECONDS);
  }

  boolean flag() {
    return flag;
  }

  @Nullable Throwable thrown() {
    return thrown;
  }

  String text() {
    return text.toString();
  }

  List<End> ends() {
    return ends;
  }

  List<Throwable> returned() {
    return returned;
  }
}
