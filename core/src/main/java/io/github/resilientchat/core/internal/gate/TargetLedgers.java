package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.quota.LimitLedger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The accounts of all limits that hold for one target: its own, and those it shares. */
public final class TargetLedgers {

  /** No limit holds. */
  static final TargetLedgers NONE = new TargetLedgers(List.of());

  private final LimitLedger[] all;

  TargetLedgers(List<LimitLedger> all) {
    this.all = all.toArray(LimitLedger[]::new);
  }

  /** Each of them, its own first. */
  public List<LimitLedger> all() {
    return List.of(all);
  }

  /** What is left of the tightest limit, as a share from 0 to 1. */
  public double shareLeft(long now) {
    double least = 1;
    for (LimitLedger ledger : all) {
      least = Math.min(least, ledger.shareLeft(now));
    }
    return least;
  }

  /**
   * Takes from all of them, or from none. Tokens are counted as Bedrock does: input, what a cache
   * may hold of it included, and the longest possible answer before the call; input, cache writes
   * and output times the model's burndown after it.
   */
  @Nullable Refusal tryReserve(ModelCall call, int burndown, long now, Held held) {
    if (all.length == 0) {
      return null;
    }
    long tokens = call.estimate().total();
    for (int i = 0; i < all.length; i++) {
      LimitLedger.@Nullable Full full = all[i].tryTake(tokens, now);
      if (full != null) {
        giveBack(i, tokens, now);
        return new Refusal("over " + full.limit(), full.retryAfter(), Refusal.Reason.ROOM);
      }
    }
    held.tokens(this, tokens, burndown);
    return null;
  }

  private void giveBack(int first, long tokens, long now) {
    for (int i = 0; i < first; i++) {
      all[i].giveBack(tokens, now);
    }
  }

  void giveBack(long tokens, long now) {
    giveBack(all.length, tokens, now);
  }

  void settle(long tokens, long used, long now) {
    for (LimitLedger ledger : all) {
      ledger.settle(tokens, used, now);
    }
  }
}
