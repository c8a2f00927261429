package io.github.resilientchat.benchmarks.chaos;

/**
 * What is left when all should be over.
 *
 * @param open HTTP exchanges, and dead connections that swallowed something
 * @param threads more than before the fault
 * @param running calls without an end
 * @param permits attempts, permits and reservations that nobody gave back
 */
record Left(int open, int threads, int running, long permits) {

  static final Left NOTHING = new Left(0, 0, 0, 0);

  /** The clients' pools fill when much ends at once; a thread for each hanging call is more. */
  private static final int THREADS_OF_POOLS = 24;

  boolean isNothing() {
    return open == 0 && threads <= THREADS_OF_POOLS && running == 0 && permits == 0;
  }

  Left and(Left other) {
    return new Left(
        open + other.open,
        Math.max(threads, other.threads),
        running + other.running,
        permits + other.permits);
  }

  @Override
  public String toString() {
    return open + "/" + threads + "/" + running + "/" + permits;
  }
}
