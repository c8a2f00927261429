package io.github.resilientchat.core;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import java.util.Optional;

/** Errors of a made-up provider, each of a known kind. */
public final class Errors {

  private Errors() {}

  static final class ProviderException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final transient Failure failure;

    ProviderException(Failure failure) {
      super("the secret prompt");
      this.failure = failure;
    }
  }

  public static RuntimeException of(Failure failure) {
    return new ProviderException(failure);
  }

  public static RuntimeException of(FailureKind kind) {
    return of(Failure.of(kind, kind.name().toLowerCase(java.util.Locale.ROOT)));
  }

  public static final FailureClassifier CLASSIFIER =
      error ->
          error instanceof ProviderException provider
              ? Optional.of(provider.failure)
              : Optional.empty();
}
