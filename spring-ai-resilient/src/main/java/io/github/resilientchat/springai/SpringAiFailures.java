package io.github.resilientchat.springai;

import io.github.resilientchat.core.adapter.NamedTypes;
import io.github.resilientchat.core.failure.Causes;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import java.util.Optional;

/**
 * Understands Spring AI's own exceptions, which wrap what a provider said; asked after the
 * providers. Found through {@link java.util.ServiceLoader}.
 */
public final class SpringAiFailures implements FailureClassifier {

  // By name: they are in spring-ai-retry, which not every provider brings along.
  private static final NamedTypes TRANSIENT =
      NamedTypes.of("org.springframework.ai.retry.TransientAiException");
  private static final NamedTypes PERMANENT =
      NamedTypes.of("org.springframework.ai.retry.NonTransientAiException");

  @Override
  public Optional<Failure> classify(Throwable error) {
    for (Throwable cause : Causes.of(error)) {
      String code = cause.getClass().getSimpleName();
      if (TRANSIENT.include(cause)) {
        return Optional.of(Failure.of(FailureKind.UNAVAILABLE, code));
      }
      if (cause instanceof UnreadableToolCall || PERMANENT.include(cause)) {
        return Optional.of(Failure.of(FailureKind.REJECTED, code));
      }
    }
    return Optional.empty();
  }

  @Override
  public int order() {
    return 100;
  }
}
