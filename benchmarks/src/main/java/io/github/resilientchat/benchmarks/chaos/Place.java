package io.github.resilientchat.benchmarks.chaos;

import java.net.URI;

/** Where a target is reached, which misbehaves when told. */
interface Place extends AutoCloseable {

  URI endpoint();

  void strike();

  void heal();

  /** What clients hold on to here, though it can never answer. */
  int left();

  @Override
  void close();
}
