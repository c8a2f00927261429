package io.github.resilientchat.benchmarks.soak;

/** How a caller talks to a framework's decorated model. */
@FunctionalInterface
interface Talk {

  /** Begins a stream; the caller hears of its first word and of its end. */
  void begin(boolean withTool, Caller caller);

  /** Told on any thread. */
  interface Caller {

    void hear();

    void complete();

    void fail(Throwable error);
  }
}
