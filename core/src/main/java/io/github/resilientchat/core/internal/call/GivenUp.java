package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.report.CallReport;
import org.jspecify.annotations.Nullable;

/** The end of a call without an answer, told when somebody asks. */
final class GivenUp implements GiveUp {

  private final RoutedCall call;
  private final Verdict verdict;
  private final long endedAt;
  private @Nullable Throwable reason;

  GivenUp(RoutedCall call, Verdict verdict, long endedAt) {
    this.call = call;
    this.verdict = verdict;
    this.endedAt = endedAt;
  }

  @Override
  public Throwable reason() {
    synchronized (this) {
      Throwable known = reason;
      if (known == null) {
        known =
            new Endings(call.route(), call.call(), report(), call.thrown(), endedAt).of(verdict);
        reason = known;
      }
      return known;
    }
  }

  @Override
  public CallReport report() {
    return call.report();
  }

  /** Without the reason's message, which may be a provider's and quote the prompt. */
  @Override
  public String toString() {
    return "GiveUp[" + reason().getClass().getName() + ", " + report().ending() + "]";
  }
}
