package io.github.resilientchat.autoconfigure.web;

import java.util.Optional;

/**
 * Says how a request is answered whose call failed. A bean of this type replaces the one that the
 * starter brings.
 */
@FunctionalInterface
public interface EdgeAnswers {

  /**
   * The answer; empty for what is none of this library's business.
   *
   * @param error what a handler ended with, which may be wrapped in others
   * @param signedIn whether the request has a principal
   */
  Optional<EdgeProblem> answerTo(Throwable error, boolean signedIn);
}
