package io.github.resilientchat.samples.fivepatterns;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Collects what is wrong with a demo. */
final class Objections {

  private Objections() {}

  static Optional<String> unless(boolean held, String objection) {
    return held ? Optional.empty() : Optional.of(objection);
  }

  @SafeVarargs
  static List<String> of(Optional<String>... objections) {
    return Stream.of(objections).flatMap(Optional::stream).toList();
  }
}
