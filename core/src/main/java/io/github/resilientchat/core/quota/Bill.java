package io.github.resilientchat.core.quota;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a call used, attempt by attempt: retries, losers of hedges, broken and cancelled streams
 * too. Immutable. Most calls make one attempt, whose charge is the bill.
 */
public sealed interface Bill permits Charge, Charges {

  /** Nothing was used. */
  Bill NOTHING = new Charges(List.of(), false);

  /** Something was used, and nobody knows how much. */
  Bill UNKNOWN = new Charges(List.of(), true);

  /**
   * A bill of these charges.
   *
   * @param charges what is known or estimated
   * @param open whether an attempt used what nobody knows, for which the reservation stays charged
   */
  static Bill of(List<Charge> charges, boolean open) {
    return charges.size() == 1 && !open ? charges.get(0) : new Charges(charges, open);
  }

  /** What is known or estimated. */
  List<Charge> charges();

  /** Whether an attempt used what nobody knows, for which the reservation stays charged. */
  boolean open();

  /** Tokens as a limit counts them, without what nobody knows. */
  long tokens(TokenWeights weights);

  /** Billionths of a US dollar, without what nobody knows. */
  long nanoUsd();

  /** Whether all of it has a price. */
  boolean isPriced();

  /** This and what came after it. */
  default Bill and(Bill later) {
    if (isNothing()) {
      return later;
    }
    return later.isNothing()
        ? this
        : of(
            Stream.concat(charges().stream(), later.charges().stream()).toList(),
            open() || later.open());
  }

  /** Whether any of it is an estimate. */
  boolean isEstimated();

  /** Whether nothing was used: everything is given back, the request too. */
  boolean isNothing();
}
