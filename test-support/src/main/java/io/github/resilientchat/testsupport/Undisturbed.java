package io.github.resilientchat.testsupport;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A statement that a machine which stands still for a while can make untrue, and nothing can make
 * true, such as one about what comes within a second.
 *
 * <p>A failure while the machine went on counts at once. Else the statement is tried again, twice
 * at the most.
 */
public final class Undisturbed {

  /** Well below the shortest time that a test gives anybody. */
  private static final Duration STANDSTILL = Duration.ofMillis(100);

  private static final int TRIES = 3;

  private Undisturbed() {}

  /** Something that is true, or throws. */
  @FunctionalInterface
  public interface Statement {
    void check() throws Throwable;
  }

  /** Every try is to begin anew, with nothing that an earlier one has used up. */
  public static void holds(Statement statement) throws Throwable {
    holds(STANDSTILL, statement);
  }

  /**
   * The same.
   *
   * @param standstill how long the machine must have stood still for a failure not to count
   */
  public static void holds(Duration standstill, Statement statement) throws Throwable {
    for (int tries = 1; !isTrue(standstill, statement, tries == TRIES); tries++) {
      // Once more.
    }
  }

  private static boolean isTrue(Duration standstill, Statement statement, boolean last)
      throws Throwable {
    try (Beats beats = new Beats(standstill)) {
      try {
        statement.check();
        return true;
      } catch (Throwable failure) {
        if (last || !beats.missed()) {
          throw failure;
        }
        return false;
      }
    }
  }

  /** A thread that looks at the clock all the time, and was kept from it when the machine stood. */
  private static final class Beats extends Thread implements AutoCloseable {
    private static final long EVERY = 20_000_000;

    private final long standstill;
    private volatile long last = System.nanoTime();
    private volatile boolean missed;
    private volatile boolean over;

    private Beats(Duration standstill) {
      super("beats");
      this.standstill = standstill.toNanos();
      setDaemon(true);
      start();
    }

    @Override
    public void run() {
      while (!over) {
        LockSupport.parkNanos(EVERY);
        long now = System.nanoTime();
        if (now - last > standstill) {
          missed = true;
        }
        last = now;
      }
    }

    private boolean missed() {
      // In this order: what this look no longer shows, the thread has noted.
      return System.nanoTime() - last > standstill || missed;
    }

    @Override
    public void close() {
      over = true;
    }
  }
}
