package io.github.resilientchat.core.failure;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/**
 * Asks one classifier after the other; exceptions that nobody knows go to the caller as they are.
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
      Optional<Failure> failure = classifier.classify(error);
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.of(byJdkType(error));
  }

  private static Failure byJdkType(Throwable error) {
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
    return Failure.of(FailureKind.REJECTED, error.getClass().getSimpleName());
  }
}
