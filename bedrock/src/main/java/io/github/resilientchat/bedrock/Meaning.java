package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.failure.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a line of a table of errors says about them.
 *
 * @param names the domain that the error itself names, if any
 * @param retryAfter how long what it is about takes, where that is known
 * @param advice what the operator should do, if anything
 */
record Meaning(
    FailureKind kind,
    @Nullable FailureDomain names,
    @Nullable Duration retryAfter,
    @Nullable String advice) {

  static Meaning of(FailureKind kind) {
    return new Meaning(kind, null, null, null);
  }

  static Meaning of(FailureKind kind, String advice) {
    return new Meaning(kind, null, null, advice);
  }

  static Meaning of(FailureKind kind, FailureDomain names, String advice) {
    return new Meaning(kind, names, null, advice);
  }

  Failure failure(String code) {
    return new Failure(kind, code, names, retryAfter, advice);
  }

  /** As cells of a table: kind, domain named, advice. */
  String cells() {
    return "%s | %s | %s"
        .formatted(
            kind,
            names == null ? "" : names,
            // Placeholders are no tags.
            advice == null ? "" : advice.replace("<", "&lt;"));
  }
}
