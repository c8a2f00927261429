package io.github.resilientchat.core.quota;

import java.util.List;

/** The bill of a call that made any number of attempts, or whose cost is not wholly known. */
record Charges(List<Charge> charges, boolean open) implements Bill {

  Charges {
    charges = List.copyOf(charges);
  }

  @Override
  public boolean isNothing() {
    return charges.isEmpty() && !open;
  }

  @Override
  public long tokens(TokenWeights weights) {
    return charges.stream().mapToLong(charge -> charge.tokens(weights)).sum();
  }

  @Override
  public long nanoUsd() {
    return charges.stream().mapToLong(Charge::nanoUsd).sum();
  }

  @Override
  public boolean isPriced() {
    return !open && charges.stream().allMatch(Charge::isPriced);
  }

  @Override
  public boolean isEstimated() {
    return open || charges.stream().anyMatch(Charge::estimated);
  }
}
