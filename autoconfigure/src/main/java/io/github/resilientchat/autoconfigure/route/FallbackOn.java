package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.core.failure.FailureKind;

/** Failures that end a call unless its route says that another target is to be tried. */
enum FallbackOn {
  REJECTED(FailureKind.REJECTED),
  FILTERED(FailureKind.FILTERED),
  TOO_LONG(FailureKind.TOO_LONG);

  private final FailureKind kind;

  FallbackOn(FailureKind kind) {
    this.kind = kind;
  }

  FailureKind kind() {
    return kind;
  }
}
