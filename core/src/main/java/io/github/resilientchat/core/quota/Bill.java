package io.github.resilientchat.core.quota;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a call used, attempt by attempt: retries, losers of hedges, broken and cancelled streams
 * too. Immutable.
 */
public final class Bill {

  /** Nothing was used. */
  public static final Bill NOTHING = new Bill(List.of(), false);

  /** Something was used, and nobody knows how much. */
  public static final Bill UNKNOWN = new Bill(List.of(), true);

  /** Most calls make one attempt, which needs no list. */
  private final @Nullable Charge one;

  private final List<Charge> all;
  private final boolean open;

  /**
   * @param charges what is known or estimated
   * @param open whether an attempt used what nobody knows, for which the reservation stays charged
   */
  public Bill(List<Charge> charges, boolean open) {
    this.one = null;
    this.all = List.copyOf(charges);
    this.open = open;
  }

  private Bill(Charge one, boolean open) {
    this.one = one;
    this.all = List.of();
    this.open = open;
  }

  /** One attempt's. */
  public static Bill of(Charge charge) {
    return new Bill(charge, false);
  }

  /** The same, but for an attempt that used what nobody knows. */
  public Bill opened() {
    return open ? this : one == null ? new Bill(all, true) : new Bill(one, true);
  }

  /** What is known or estimated. */
  public List<Charge> charges() {
    return one == null ? all : List.of(one);
  }

  /** Whether an attempt used what nobody knows, for which the reservation stays charged. */
  public boolean open() {
    return open;
  }

  /** Whether nothing was used: everything is given back, the request too. */
  public boolean isNothing() {
    return one == null && all.isEmpty() && !open;
  }

  /** Tokens as a limit counts them, without what nobody knows. */
  public long tokens(TokenWeights weights) {
    long sum = 0;
    for (int i = 0; i < size(); i++) {
      sum += weights.of(charge(i).usage());
    }
    return sum;
  }

  /** Billionths of a US dollar, without what nobody knows. */
  public long nanoUsd() {
    long sum = 0;
    for (int i = 0; i < size(); i++) {
      sum += charge(i).nanoUsd();
    }
    return sum;
  }

  /** Whether all of it has a price. */
  public boolean isPriced() {
    boolean priced = !open;
    for (int i = 0; i < size(); i++) {
      priced &= charge(i).prices() != null;
    }
    return priced;
  }

  /** This and what came after it. */
  public Bill and(Bill later) {
    if (isNothing()) {
      return later;
    }
    return later.isNothing()
        ? this
        : new Bill(
            Stream.concat(charges().stream(), later.charges().stream()).toList(),
            open || later.open);
  }

  /** Whether any of it is an estimate. */
  public boolean isEstimated() {
    boolean estimated = open;
    for (int i = 0; i < size(); i++) {
      estimated |= charge(i).estimated();
    }
    return estimated;
  }

  int size() {
    return one == null ? all.size() : 1;
  }

  Charge charge(int at) {
    return one == null ? all.get(at) : one;
  }

  @Override
  public String toString() {
    return charges() + (open ? " and what nobody knows" : "");
  }
}
