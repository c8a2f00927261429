package io.github.resilientchat.streaming.hostile;

import io.github.resilientchat.streaming.Lab;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all extensions of a world run through: the one of the cell misbehaves, all others do as they
 * are asked. Remembers on which threads they ran.
 */
final class Hostility {

  /** The cell lets go long before, so that this costs no time. */
  static final Duration BLOCKED = Duration.ofMinutes(1);

  /** Makes the calls that nobody is hostile to. */
  static final String BYSTANDER = "bystander";

  private final Point point;
  private final Behaviour behaviour;
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicBoolean struck = new AtomicBoolean();
  private final Set<String> threads = ConcurrentHashMap.newKeySet();
  private final List<Throwable> thrown = new CopyOnWriteArrayList<>();
  private final List<String> answeredAgain = new CopyOnWriteArrayList<>();
  private volatile @Nullable Victim victim;

  static final class Unchecked extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  static final class Fatal extends Error {
    private static final long serialVersionUID = 1L;
  }

  static final class Checked extends Exception {
    private static final long serialVersionUID = 1L;
  }

  Hostility(Point point, Behaviour behaviour) {
    this.point = point;
    this.behaviour = behaviour;
  }

  /** From now on, during this call. */
  void against(Victim call) {
    victim = call;
  }

  void end() {
    victim = null;
    released.countDown();
  }

  boolean isAt(Point where) {
    return where == point;
  }

  /** Whether the wire may not have been reached although a target was asked. */
  boolean isAtModel() {
    return point == Point.MODEL || point == Point.MODEL_CONTENT;
  }

  Course course() {
    return point.course;
  }

  void at(Point where, Runnable decent) {
    at(
        where,
        () -> {
          decent.run();
          return null;
        });
  }

  <T> @Nullable T at(Point where, Supplier<? extends @Nullable T> decent) {
    String thread = Thread.currentThread().getName();
    threads.add(thread);
    @Nullable Victim struckNow = victim;
    if (where != point || struckNow == null || thread.equals(BYSTANDER)) {
      return decent.get();
    }
    if (once() && struck.getAndSet(true)) {
      return decent.get();
    }
    entered.countDown();
    try {
      if (behaviour == Behaviour.RETURNS_NULL) {
        return null;
      }
      strike(struckNow);
    } finally {
      done.countDown();
    }
    return decent.get();
  }

  /** A model says nothing once, so that another one may. */
  private boolean once() {
    return !behaviour.always() || point == Point.MODEL && behaviour == Behaviour.RETURNS_NULL;
  }

  private void strike(Victim call) {
    switch (behaviour) {
      case THROWS -> raise(new Unchecked());
      case THROWS_AN_ERROR -> raise(new Fatal());
      case THROWS_SNEAKILY -> raise(new Checked());
      case BLOCKS -> block();
      case CANCELS -> call.cancel();
      default -> answeredAgain.add(call.callAgain());
    }
  }

  private void raise(Throwable fault) {
    thrown.add(fault);
    Hostility.<RuntimeException>sneak(fault);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable fault) throws E {
    throw (E) fault;
  }

  private void block() {
    try {
      released.await(BLOCKED.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean awaitEntered() throws InterruptedException {
    return entered.await(Lab.AT_MOST.toSeconds(), TimeUnit.SECONDS);
  }

  boolean awaitDone() throws InterruptedException {
    return done.await(Lab.AT_MOST.toSeconds(), TimeUnit.SECONDS);
  }

  void release() {
    released.countDown();
  }

  Set<String> threads() {
    return threads;
  }

  List<String> answeredAgain() {
    return answeredAgain;
  }

  /** Whether the error is one of the extension's, as it is or as a cause. */
  boolean isOwn(@Nullable Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (thrown.contains(cause)) {
        return true;
      }
    }
    return false;
  }
}
