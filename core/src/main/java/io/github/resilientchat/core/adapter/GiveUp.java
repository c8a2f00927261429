package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RoutingException;

/**
 * The call is over without an answer. A decision, not an exception: what the caller is told is made
 * when it is asked for, and is the same each time. Thread-safe.
 */
public non-sealed interface GiveUp extends Step {

  /**
   * What the caller is told: a {@link RoutingException}, or the model's own error where the request
   * itself was refused or the caller went away.
   */
  Throwable reason();

  /** What was tried. */
  CallReport report();
}
