package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;

/** What an exception comes to that no classifier knows. */
final class Unclassified {

  private Unclassified() {}

  /**
   * The target's failure where it had taken the request, and where nobody can tell: a client of the
   * application's own says nothing of its exchanges. What a model refuses as an argument is the
   * caller's own, as is all else, errors of the virtual machine too.
   */
  static Failure of(Throwable error, Try attempt) {
    boolean untold =
        error instanceof Exception && isUntold(attempt) && !refusesRequest(error, attempt);
    return Failure.of(
        attempt.isTaken() || untold ? FailureKind.MODEL_FAILED : FailureKind.REJECTED,
        error.getClass().getSimpleName());
  }

  /** A model known by its name alone may be anybody's, and so may the failure. */
  private static boolean isUntold(Try attempt) {
    return attempt.target().region().isEmpty() || attempt.isUnseen() && !attempt.hasTellingClient();
  }

  private static boolean refusesRequest(Throwable error, Try attempt) {
    return error instanceof IllegalArgumentException
        || error instanceof UnsupportedOperationException
        || isNeverSent(attempt) && isStumble(error);
  }

  /** Its client tells as a rule, and did not: the model failed over the request itself. */
  private static boolean isNeverSent(Try attempt) {
    return attempt.isUnseen() && attempt.hasTellingClient();
  }

  /** What comes of an answer that lacks something as well as of such a request. */
  private static boolean isStumble(Throwable error) {
    return error instanceof NullPointerException || error instanceof ClassCastException;
  }
}
