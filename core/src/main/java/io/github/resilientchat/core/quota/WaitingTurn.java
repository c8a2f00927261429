package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.internal.ledger.Waiter;
import org.jspecify.annotations.Nullable;

/** A call's place in line. */
record WaitingTurn(RouteQuotas quotas, ModelCall call, @Nullable Plan plan, Waiter waiter)
    implements Admission.Turn {

  @Override
  public Admission again() {
    return quotas.admit(call, plan, waiter);
  }

  @Override
  public void leave() {
    waiter.leave();
  }
}
