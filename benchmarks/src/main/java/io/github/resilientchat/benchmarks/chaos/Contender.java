package io.github.resilientchat.benchmarks.chaos;

/** Who is compared on the same fault. */
enum Contender {
  PLAIN(1),
  ONE_TARGET(1),
  THREE_TARGETS(3);

  final int targets;

  Contender(int targets) {
    this.targets = targets;
  }
}
