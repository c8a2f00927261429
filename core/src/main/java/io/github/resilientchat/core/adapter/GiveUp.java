package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RoutingException;

/**
 * The call is over without an answer.
 *
 * @param reason what the caller is told: a {@link RoutingException}, or the model's own error where
 *     the request itself was refused or the caller went away
 * @param report what was tried
 */
public record GiveUp(Throwable reason, CallReport report) implements Step {

  /** Without the reason's message, which may be a provider's and quote the prompt. */
  @Override
  public String toString() {
    return "GiveUp[" + reason.getClass().getName() + ", " + report.ending() + "]";
  }
}
