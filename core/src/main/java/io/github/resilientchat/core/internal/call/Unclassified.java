package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;

/** What an exception comes to that no classifier knows. */
final class Unclassified {

  private Unclassified() {}

  /**
   * The target's failure where it had taken the request, and where nobody can tell: a model known
   * by its name alone has a client of its own, which says nothing of its exchanges. What such a
   * model refuses as an argument is the caller's own, as is all else, errors of the virtual machine
   * too.
   */
  static Failure of(Throwable error, Try attempt) {
    boolean untold =
        error instanceof Exception
            && attempt.target().region().isEmpty()
            && !refusesArgument(error);
    return Failure.of(
        attempt.isTaken() || untold ? FailureKind.MODEL_FAILED : FailureKind.REJECTED,
        error.getClass().getSimpleName());
  }

  private static boolean refusesArgument(Throwable error) {
    return error instanceof IllegalArgumentException
        || error instanceof NullPointerException
        || error instanceof UnsupportedOperationException
        || error instanceof ClassCastException;
  }
}
