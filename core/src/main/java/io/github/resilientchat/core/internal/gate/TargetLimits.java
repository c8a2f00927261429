package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.quota.LimitLedger;
import io.github.resilientchat.core.route.Target;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The limits that targets are configured with. Targets of one name share theirs. */
public final class TargetLimits {

  private final Ticker ticker;
  private final Map<String, LimitLedger> byTarget = new ConcurrentHashMap<>();

  public TargetLimits(Ticker ticker) {
    this.ticker = ticker;
  }

  /** The ledger that holds a target's limits, made on first use; null when it has none. */
  public @Nullable LimitLedger of(Target target) {
    return target.limits().isEmpty()
        ? null
        : byTarget.computeIfAbsent(
            target.name(), unused -> new LimitLedger(target.limits(), ticker));
  }
}
