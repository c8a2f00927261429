package io.github.resilientchat.benchmarks;

/** How the parts of an answer follow each other. */
enum Pace {
  /** As fast as they can be handed over. */
  BURST {
    @Override
    void after(int parts, Listener listener) {}
  },
  /** Each alone, as a model speaks: the one before has been told, and nobody is at it. */
  ALONE {
    @Override
    void after(int parts, Listener listener) {
      listener.awaitSilenceAfter(parts);
    }
  };

  abstract void after(int parts, Listener listener);
}
