package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.Usage;

/** What a router hears of an exchange. */
interface Reply {

  /** The first content of a streamed answer. */
  void firstContent();

  void answered(Usage usage);

  void failed(ProviderError error);
}
