package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.fleet.Slices;
import io.github.resilientchat.core.quota.LimitLedger;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.route.SharedLimits;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The limits that targets are configured with. Targets of one name share theirs, and so do targets
 * that name the same key. An instance of a fleet is held to slices of them.
 */
public final class TargetLimits implements Slices {

  private final Ticker ticker;
  private final double first;
  private final Map<String, TargetLedgers> byTarget = new ConcurrentHashMap<>();
  private final Map<String, Limits> limitsByKey = new ConcurrentHashMap<>();
  private final Map<String, LimitLedger> byKey = new ConcurrentHashMap<>();

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

  /**
   * Notes what a target shares.
   *
   * @throws IllegalArgumentException if other limits are known under one of its keys
   */
  public void enter(Target target) {
    if (!target.limitsKey().equals(target.name())) {
      note(target, new SharedLimits(target.limitsKey(), target.limits()));
    }
    for (SharedLimits shared : target.shared()) {
      note(target, shared);
    }
  }

  private void note(Target target, SharedLimits shared) {
    Limits known = limitsByKey.putIfAbsent(shared.key(), shared.limits());
    if (known != null && !known.equals(shared.limits())) {
      throw new IllegalArgumentException(
          "target %s shares the limits of %s, which are '%s' and '%s'; set them once"
              .formatted(target.name(), shared.key(), known, shared.limits()));
    }
  }

  /** The ledgers that hold a target's limits, made on first use. */
  public TargetLedgers of(Target target) {
    return target.limits().isEmpty() && target.shared().isEmpty()
        ? TargetLedgers.NONE
        : byTarget.computeIfAbsent(target.name(), unused -> ledgers(target));
  }

  private TargetLedgers ledgers(Target target) {
    List<LimitLedger> all = new ArrayList<>();
    if (!target.limits().isEmpty()) {
      all.add(ledger(target.limitsKey(), target.limits()));
    }
    for (SharedLimits shared : target.shared()) {
      if (!shared.limits().isEmpty() && !shared.key().equals(target.limitsKey())) {
        all.add(ledger(shared.key(), shared.limits()));
      }
    }
    return new TargetLedgers(all);
  }

  private LimitLedger ledger(String key, Limits limits) {
    return byKey.computeIfAbsent(key, unused -> sliced(new LimitLedger(limits, ticker)));
  }

  private LimitLedger sliced(LimitLedger ledger) {
    if (first < 1) {
      ledger.share(first);
    }
    return ledger;
  }

  /** Nothing of any limit is used. */
  void forget() {
    byTarget.clear();
    limitsByKey.clear();
    byKey.clear();
  }

  @Override
  public Map<String, Double> wanted() {
    Map<String, Double> all = new HashMap<>();
    byKey.forEach((key, ledger) -> all.put(key, ledger.takeWanted()));
    return all;
  }

  @Override
  public void slice(String key, double share) {
    @Nullable LimitLedger ledger = byKey.get(key);
    if (ledger != null) {
      ledger.share(share);
    }
  }
}
