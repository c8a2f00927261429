package io.github.resilientchat.core.failure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Tells what an exception means, or that it does not know. Looks through the whole cause chain and
 * never trusts a framework's wrapper alone. Pure and thread-safe.
 *
 * <p>One that throws does not know: the next is asked. What nobody knows is the target's failure
 * where it had taken the request, and else the caller's own mistake, for which nothing rests.
 *
 * <p>Classifiers on the class path are found through {@link ServiceLoader}, so that a provider's or
 * framework's exceptions are understood wherever its module is present.
 */
@FunctionalInterface
public interface FailureClassifier {

  /** The failure, or empty when this classifier does not know the exception. */
  Optional<Failure> classify(Throwable error);

  /** Lower asks first. Providers (who know the wire) use 0, frameworks (who wrap them) 100. */
  default int order() {
    return 0;
  }

  /** These in their order, then what the JDK's own exceptions say. */
  static FailureClassifier chain(List<? extends FailureClassifier> classifiers) {
    List<FailureClassifier> ordered = new ArrayList<>(classifiers);
    ordered.sort(Comparator.comparingInt(FailureClassifier::order));
    return new ClassifierChain(ordered);
  }

  /** Those that the class path offers, then what the JDK's own exceptions say. */
  static FailureClassifier discovered() {
    return discovered(List.of());
  }

  /**
   * These and those that the class path offers, in their order (of equals these first), then what
   * the JDK's own exceptions say; never empty.
   */
  static FailureClassifier discovered(List<? extends FailureClassifier> first) {
    List<FailureClassifier> found = new ArrayList<>(first);
    ServiceLoader.load(FailureClassifier.class, FailureClassifier.class.getClassLoader())
        .forEach(found::add);
    return chain(found);
  }
}
