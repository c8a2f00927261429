package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.adapter.RunningStreams;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.internal.choice.TargetBook;
import io.github.resilientchat.core.internal.gate.CoolDowns;
import io.github.resilientchat.core.internal.gate.Gates;
import io.github.resilientchat.core.quota.CallerQuotas;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What all routes of an engine share. */
public record Common(
    Ticker ticker,
    RandomGenerator random,
    FailureClassifier classifier,
    CallerQuotas quotas,
    Listeners listeners,
    Gates gates,
    TargetBook book,
    Budgets budgets,
    Commits commits,
    Map<String, LiveRoute> routes,
    RunningStreams streams) {

  CoolDowns coolDowns() {
    return gates.coolDowns();
  }

  /** Routes that are set up from now on know of nothing that was. */
  public void forget() {
    gates.forget();
    book.forget();
    budgets.forget();
  }
}
