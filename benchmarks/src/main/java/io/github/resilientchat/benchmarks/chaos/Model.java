package io.github.resilientchat.benchmarks.chaos;

import java.util.List;

/** What a contender is asked through, and what it keeps books of. */
interface Model extends AutoCloseable {

  Asking asking();

  /** The models beneath, which nobody keeps books of. */
  List<Asking> targets();

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
