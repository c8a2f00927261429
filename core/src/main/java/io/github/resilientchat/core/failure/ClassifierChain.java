package io.github.resilientchat.core.failure;

import io.github.resilientchat.core.internal.foreign.Foreign;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks one classifier after the other, then looks at what the JDK's own exceptions say. A
 * classifier that throws or says nothing at all does not know.
 */
record ClassifierChain(List<FailureClassifier> classifiers) implements FailureClassifier {

  ClassifierChain {
    classifiers = List.copyOf(classifiers);
  }

  @Override
  public Optional<Failure> classify(Throwable error) {
    for (Throwable cause : Causes.of(error)) {
      if (cause instanceof AttemptFailedException signal) {
        return Optional.of(signal.failure());
      }
    }
    for (FailureClassifier classifier : classifiers) {
      Optional<Failure> failure =
          Foreign.ask(classifier.getClass().getName(), () -> classifier.classify(error));
      if (failure != null && failure.isPresent()) {
        return failure;
      }
    }
    return Optional.ofNullable(byJdkType(error));
  }

  private static @Nullable Failure byJdkType(Throwable error) {
    for (Throwable cause : Causes.of(error)) {
      String code = cause.getClass().getSimpleName();
      if (cause instanceof InterruptedException || cause instanceof CancellationException) {
        return Failure.of(FailureKind.CANCELLED, code);
      }
      if (cause instanceof TimeoutException || cause instanceof java.net.SocketTimeoutException) {
        return Failure.of(FailureKind.TIMED_OUT, code);
      }
      if (cause instanceof IOException) {
        return Failure.of(FailureKind.UNAVAILABLE, code);
      }
    }
    return null;
  }
}
