package io.github.resilientchat.bedrock;

import java.util.function.Supplier;

/** What foreign code can throw at us. */
enum Fate {
  EXCEPTION(() -> new IllegalArgumentException("mine")),
  ERROR(() -> new AssertionError("mine")),
  CHECKED(() -> new Exception("mine"));

  final Throwable mine;

  Fate(Supplier<Throwable> mine) {
    this.mine = mine.get();
  }

  /** Throws it, declared or not. */
  void strike() {
    throw Fate.<RuntimeException>undeclared(mine);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T undeclared(Throwable error) throws T {
    throw (T) error;
  }
}
