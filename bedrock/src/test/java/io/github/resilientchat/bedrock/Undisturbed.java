package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * What a machine that stands still for seconds can make untrue, and nothing can make true. A
 * failure while the machine went on counts at once; else the statement is tried again, twice at the
 * most.
 */
final class Undisturbed {

  private static final int TRIES = 3;

  private Undisturbed() {}

  /** Every try is to begin anew, with nothing that an earlier one has used up. */
  static void holds(ThrowingCallable statement) throws Throwable {
    for (int tries = 1; ; tries++) {
      try (Beats beats = new Beats()) {
        Throwable failure = catchThrowable(statement);
        if (failure == null) {
          return;
        }
        if (tries == TRIES || !beats.stoppedForLong()) {
          throw failure;
        }
      }
    }
  }

  /** A thread that looks at the clock all the time, and was kept from it when the machine stood. */
  private static final class Beats extends Thread implements AutoCloseable {
    private static final long EVERY = 20_000_000;
    private static final long LONG = 100_000_000;

    private volatile long last = System.nanoTime();
    private volatile boolean missed;
    private volatile boolean over;

    private Beats() {
      super("beats");
      setDaemon(true);
      start();
    }

    @Override
    public void run() {
      while (!over) {
        LockSupport.parkNanos(EVERY);
        long now = System.nanoTime();
        missed |= now - last > LONG;
        last = now;
      }
    }

    boolean stoppedForLong() {
      // In this order: what this look no longer shows, the thread has noted.
      return System.nanoTime() - last > LONG || missed;
    }

    @Override
    public void close() {
      over = true;
    }
  }
}
