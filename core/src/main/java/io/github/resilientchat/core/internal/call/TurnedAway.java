package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.report.CallReport;
import org.jspecify.annotations.Nullable;

/**
 * The end of a call that a quota refused, of which nobody has heard: who asks too often is to cost
 * nothing. Its account is made when somebody reads it.
 */
final class TurnedAway implements GiveUp {

  private final RouteState route;
  private final ModelCall call;
  private final @Nullable String insteadOf;
  private final Admission.Full why;
  private final long now;
  private @Nullable GivenUp told;

  TurnedAway(
      RouteState route, ModelCall call, @Nullable String insteadOf, Admission.Full why, long now) {
    this.route = route;
    this.call = call;
    this.insteadOf = insteadOf;
    this.why = why;
    this.now = now;
  }

  private GivenUp told() {
    synchronized (this) {
      GivenUp known = told;
      if (known == null) {
        known = new RoutedCall(route, call, insteadOf, now).refused(why, now);
        told = known;
      }
      return known;
    }
  }

  @Override
  public Throwable reason() {
    return told().reason();
  }

  @Override
  public CallReport report() {
    return told().report();
  }

  @Override
  public String toString() {
    return told().toString();
  }
}
