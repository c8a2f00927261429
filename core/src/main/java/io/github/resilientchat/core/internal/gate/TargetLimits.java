package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.fleet.Slices;
import io.github.resilientchat.core.quota.LimitLedger;
import io.github.resilientchat.core.route.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The limits that targets are configured with. Targets of one name share theirs. An instance of a
 * fleet is held to slices of them.
 */
public final class TargetLimits implements Slices {

  private final Ticker ticker;
  private final double first;
  private final Map<String, LimitLedger> byTarget = new ConcurrentHashMap<>();

  /**
   * @param first the slice of a limit until the fleet says another one
   */
  public TargetLimits(Ticker ticker, double first) {
    this.ticker = ticker;
    this.first = first;
  }

  public TargetLimits(Ticker ticker) {
    this(ticker, 1);
  }

  /** The ledger that holds a target's limits, made on first use; null when it has none. */
  public @Nullable LimitLedger of(Target target) {
    return target.limits().isEmpty()
        ? null
        : byTarget.computeIfAbsent(
            target.name(), unused -> sliced(new LimitLedger(target.limits(), ticker)));
  }

  private LimitLedger sliced(LimitLedger ledger) {
    if (first < 1) {
      ledger.share(first);
    }
    return ledger;
  }

  @Override
  public Map<String, Double> wanted() {
    Map<String, Double> all = new HashMap<>();
    byTarget.forEach((name, ledger) -> all.put(name, ledger.takeWanted()));
    return all;
  }

  @Override
  public void slice(String target, double share) {
    @Nullable LimitLedger ledger = byTarget.get(target);
    if (ledger != null) {
      ledger.share(share);
    }
  }
}
