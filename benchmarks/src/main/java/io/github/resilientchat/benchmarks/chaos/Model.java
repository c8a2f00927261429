package io.github.resilientchat.benchmarks.chaos;

/** What a contender is asked through, and what it keeps books of. */
interface Model extends AutoCloseable {

  Asking asking();

  Books books();

  @Override
  void close();

  /** What nobody gave back. */
  record Books(long attempts, long permits, long reservations) {

    static final Books NONE = new Books(0, 0, 0);

    long open() {
      return attempts + permits + reservations;
    }
  }
}
