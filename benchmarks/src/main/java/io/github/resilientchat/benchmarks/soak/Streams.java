package io.github.resilientchat.benchmarks.soak;

/** A contender: starts one stream for a caller and tells the call how to leave it. */
@FunctionalInterface
interface Streams {

  void start(Call call);
}
