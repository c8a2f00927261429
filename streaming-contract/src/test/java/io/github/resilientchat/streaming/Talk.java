package io.github.resilientchat.streaming;

/** One call as a caller makes it, on the caller's thread. */
interface Talk {

  /** Returns when the caller's thread has nothing more to do. */
  void converse();

  /** From any thread. */
  default void cancel() {
    throw new UnsupportedOperationException("this call has no handle");
  }
}
