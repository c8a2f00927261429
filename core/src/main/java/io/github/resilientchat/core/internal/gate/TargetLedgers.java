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
   * Takes from all of them; what was taken before one refuses is for the caller to give back.
   * Tokens are counted as Bedrock does: input, what a cache may hold of it included, and the
   * longest possible answer before the call; input, cache writes and output times the model's
   * burndown after it.
   */
  @Nullable Refusal tryReserve(ModelCall call, int burndown, long now, Held held) {
    long tokens = call.estimate().total();
    for (int at = 0; at < all.length; at++) {
      LimitLedger.@Nullable Full full = all[at].tryTake(tokens, now);
      if (full != null) {
        return new Refusal("over " + full.limit(), full.retryAfter(), Refusal.Reason.ROOM);
      }
      held.tokens(this, at + 1, tokens, burndown);
    }
    return null;
  }

  /** Replaces what was taken from the first of them by what was really used. */
  void settle(int first, long tokens, long used, long now) {
    for (int at = 0; at < first; at++) {
      all[at].settle(tokens, used, now);
    }
  }

  /** Gives back what was taken from the first of them, the requests too. */
  void giveBack(int first, long tokens, long now) {
    for (int at = 0; at < first; at++) {
      all[at].giveBack(tokens, now);
    }
  }
}
