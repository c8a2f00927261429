package io.github.resilientchat.bedrock;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What becomes of errors that come wrapped, or one after the other. */
final class StreamErrors {

  private StreamErrors() {}

  /** The first, with the second suppressed in it. */
  static @Nullable Throwable joined(@Nullable Throwable first, @Nullable Throwable second) {
    if (first == null) {
      return second;
    }
    // A handler may throw what it was told, and nothing can suppress itself.
    if (second != null && second != first) {
      first.addSuppressed(second);
    }
    return first;
  }

  static Throwable unwrapped(Throwable error) {
    Throwable cause = error.getCause();
    return error instanceof CompletionException && cause != null ? cause : error;
  }
}
