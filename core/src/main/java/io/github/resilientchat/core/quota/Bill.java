package io.github.resilientchat.core.quota;

import java.util.List;

/**
 * What a call used, attempt by attempt: retries, losers of hedges, broken and cancelled streams
 * too.
 *
 * @param charges what is known or estimated
 * @param open whether an attempt used what nobody knows, for which the reservation stays charged
 */
public record Bill(List<Charge> charges, boolean open) {

  /** Nothing was used. */
  public static final Bill NOTHING = new Bill(List.of(), false);

  /** Something was used, and nobody knows how much. */
  public static final Bill UNKNOWN = new Bill(List.of(), true);

  public Bill {
    charges = List.copyOf(charges);
  }

  /** Whether nothing was used: everything is given back, the request too. */
  public boolean isNothing() {
    return charges.isEmpty() && !open;
  }

  /** Tokens as a limit counts them, without what nobody knows. */
  public long tokens(TokenWeights weights) {
    long sum = 0;
    for (int i = 0; i < charges.size(); i++) {
      sum += weights.of(charges.get(i).usage());
    }
    return sum;
  }

  /** Billionths of a US dollar, without what nobody knows. */
  public long nanoUsd() {
    long sum = 0;
    for (int i = 0; i < charges.size(); i++) {
      sum += charges.get(i).nanoUsd();
    }
    return sum;
  }

  /** Whether any of it is an estimate. */
  public boolean isEstimated() {
    return open || charges.stream().anyMatch(Charge::estimated);
  }
}
