package io.github.resilientchat.core.internal.ledger;

import io.github.resilientchat.core.internal.ledger.Accounts.Holder;
import java.util.HashMap;
import java.util.Map;

/**
 * The account that newcomers under one set of limits share while there is no room for more. Who
 * gets one of her own begins it with what this one has used, once none of her calls runs here: what
 * those still take counts where they were let in.
 */
// A lock itself, as each account.
@SuppressWarnings("serial")
final class Overflow extends Account {

  private static final long serialVersionUID = 1L;

  private final Map<Holder, Integer> running = new HashMap<>();

  Overflow(Sheet sheet) {
    super(sheet);
  }

  /** This account, as the holder's as long as she has no other one among these. */
  Account as(Holder holder, Map<Holder, Account> own) {
    return new Guest(this, holder, own);
  }

  /** An account of her own, entered among the others; this one while she has calls here. */
  Account leave(Holder holder, Map<Holder, Account> own) {
    guard().lock();
    try {
      if (running.containsKey(holder)) {
        return as(holder, own);
      }
      Account made = new Account(this);
      Account first = own.putIfAbsent(holder, made);
      return first == null ? made : first;
    } finally {
      guard().unlock();
    }
  }

  /** What a newcomer has of it, for one call. */
  @SuppressWarnings("serial")
  private static final class Guest extends Account {

    private static final long serialVersionUID = 1L;

    private final Overflow shared;
    private final Holder holder;
    private final Map<Holder, Account> own;

    Guest(Overflow shared, Holder holder, Map<Holder, Account> own) {
      super(shared.sheet(), shared.cells());
      this.shared = shared;
      this.holder = holder;
      this.own = own;
    }

    @Override
    Account kept() {
      return shared;
    }

    @Override
    boolean isDropped() {
      return own.containsKey(holder);
    }

    @Override
    void begins() {
      super.begins();
      shared.running.merge(holder, 1, Integer::sum);
    }

    @Override
    void ends() {
      super.ends();
      shared.running.computeIfPresent(holder, (who, calls) -> calls > 1 ? calls - 1 : null);
    }
  }
}
