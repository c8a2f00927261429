package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.internal.ledger.Counted;
import org.jspecify.annotations.Nullable;

/**
 * Says what a call over a route reserves: what sizes have taught, at the dearest price, but not
 * more than would ever fit, as long as what is known of the request fits. Learns from what calls
 * used. Thread-safe.
 */
final class Appraiser {

  private final LearntSizes learnt;

  /** Billionths of a US dollar that a token costs at most. */
  private final double inputPrice;

  private final double outputPrice;

  /**
   * @param dearest the highest prices of the route's targets, or null when none has any
   */
  Appraiser(LearntSizes learnt, @Nullable Prices dearest) {
    this.learnt = learnt;
    this.inputPrice = dearest == null ? 0 : Math.max(dearest.input(), dearest.cacheWrite()) * 1_000;
    this.outputPrice = dearest == null ? 0 : dearest.output() * 1_000;
  }

  /** The tokens that a call reserves under these limits. */
  long tokens(TokenEstimate estimate, ScopeLimits[] scopes) {
    long least = estimate.input() + (estimate.bounded() ? estimate.maxOutput() : 0);
    long wanted = learnt.input(estimate) + learnt.output(estimate);
    return wanted <= least
        ? least
        : Math.max(least, Math.min(wanted, most(Counted.TOKENS, scopes)));
  }

  /** The billionths of a US dollar that a call reserves under these limits. */
  long money(TokenEstimate estimate, ScopeLimits[] scopes) {
    if (outputPrice == 0 && inputPrice == 0) {
      return 0;
    }
    long least = costs(estimate.input(), estimate.bounded() ? estimate.maxOutput() : 0);
    long wanted = costs(learnt.input(estimate), learnt.output(estimate));
    return Math.max(least, Math.min(wanted, most(Counted.MONEY, scopes)));
  }

  private long costs(long input, long output) {
    return (long) Math.ceil(input * inputPrice + output * outputPrice);
  }

  private static long most(Counted counted, ScopeLimits[] scopes) {
    long least = Long.MAX_VALUE;
    for (ScopeLimits scope : scopes) {
      least = Math.min(least, scope.sheet().most(counted));
    }
    return least;
  }

  /** A call has used this. */
  void learn(ModelCall call, Bill bill) {
    if (bill instanceof Charge one) {
      learn(call, one);
    } else {
      for (Charge charge : bill.charges()) {
        learn(call, charge);
      }
    }
  }

  private void learn(ModelCall call, Charge charge) {
    if (!charge.estimated()) {
      learnt.learn(charge.target(), call.estimate(), charge.usage());
    }
  }
}
