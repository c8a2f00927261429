package io.github.resilientchat.core.internal.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks of all its accounts, and then holds. Decided and taken on all of them at once,
 * with all their locks held, or the one that guards them all; so is the end. The locks are taken in
 * the order of the accounts, which is the same for all claims: user, tenant, route, application. No
 * code of others runs under them.
 */
public class Claim {

  /** Who is behind another one asks so much later than she does. */
  private static final long STEP = 1_000_000;

  private final Account[] accounts;
  private final long tokens;
  private final long money;
  private final Moment at;
  private List<Crossing> crossings = List.of();
  private boolean ended;

  /**
   * @param accounts in the order of their scopes, one of each scope at most; where one of them is
   *     guarded by another account, all are
   */
  public Claim(Account[] accounts, long tokens, long money, Moment at) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.money = money;
    this.at = at;
  }

  public final long tokens() {
    return tokens;
  }

  public final long money() {
    return money;
  }

  public final Moment at() {
    return at;
  }

  /**
   * Takes all or nothing.
   *
   * @param waiter who is ready to wait: she passes nobody who waits already, and joins the line of
   *     the account that has no room if her time is enough; null takes what there is
   * @return null when it was taken
   */
  public final @Nullable Shortage take(@Nullable Waiter waiter) {
    lock();
    try {
      if (isGone()) {
        return Shortage.GONE;
      }
      @Nullable Shortage shortage = fits() ? null : shortage();
      if (waiter != null && (shortage == null || !shortage.isForEver())) {
        shortage = inLine(waiter, shortage);
      }
      if (shortage == null) {
        takeAll();
      }
      return shortage;
    } finally {
      unlock();
    }
  }

  /**
   * Goes behind those who wait already, before somebody else is asked whether there is room.
   *
   * @return null when nobody is ahead
   */
  public final @Nullable Shortage behindOthers(Waiter waiter) {
    lock();
    try {
      if (isGone()) {
        return Shortage.GONE;
      }
      return behind(waiter) == null ? null : inLine(waiter, null);
    } finally {
      unlock();
    }
  }

  /** Waits in the line of the account that has no room, as somebody else said. */
  public final Shortage lineUp(Waiter waiter, Shortage shortage) {
    lock();
    try {
      if (isGone()) {
        return Shortage.GONE;
      }
      @Nullable Shortage place = inLine(waiter, shortage);
      return place == null ? shortage : place;
    } finally {
      unlock();
    }
  }

  private @Nullable Shortage inLine(Waiter waiter, @Nullable Shortage shortage) {
    @Nullable Shortage behind = behind(waiter);
    @Nullable Shortage all = behind == null ? shortage : behind;
    if (all == null) {
      leave(waiter);
      return null;
    }
    waiter.due = at.nanos() + all.waitNanos();
    waiter.meter = all.meter();
    if (waiter.due >= waiter.until()
        || waiter.line == null && !accounts[all.account()].kept().join(waiter)) {
      leave(waiter);
      return all.withoutWaiting();
    }
    return all;
  }

  private static void leave(Waiter waiter) {
    if (waiter.line != null) {
      waiter.line.leave(waiter);
    }
  }

  /** Newcomers go behind everybody; who stands in a line heeds that line alone. */
  private @Nullable Shortage behind(Waiter waiter) {
    for (int account = 0; account < accounts.length; account++) {
      Account kept = accounts[account].kept();
      if (waiter.line == null || waiter.line == kept) {
        @Nullable Waiter first = kept.first(at);
        if (first != null && first != waiter) {
          long wait = Math.max(0, first.due - at.nanos()) + STEP;
          return new Shortage(account, first.meter, wait, true);
        }
      }
    }
    return null;
  }

  /** What limits have reached since this was asked last. */
  public final List<Crossing> crossings() {
    List<Crossing> all = crossings;
    crossings = List.of();
    return all;
  }

  /**
   * Replaces what was taken by what was used; the first end counts.
   *
   * @param requestBack whether the request does not count either
   * @return whether this was the first
   */
  public final boolean end(long usedTokens, long usedMoney, boolean requestBack) {
    return end(usedTokens, usedMoney, requestBack, at.calendar().nanos());
  }

  /**
   * The same at this moment.
   *
   * @param nanos as of a {@link Moment}
   */
  public final boolean end(long usedTokens, long usedMoney, boolean requestBack, long nanos) {
    Periods now = at.calendar().periodsOf(nanos);
    lock();
    try {
      if (ended) {
        return false;
      }
      ended = true;
      for (int account = 0; account < accounts.length; account++) {
        end(account, usedTokens, usedMoney, requestBack, nanos, now);
      }
      return true;
    } finally {
      unlock();
    }
  }

  private void end(
      int which, long usedTokens, long usedMoney, boolean back, long nanos, Periods now) {
    Account account = accounts[which];
    long[] cells = account.cells();
    Meter[] meters = account.sheet().meters;
    account.ends();
    for (int meter = 0; meter < meters.length; meter++) {
      long change = meters[meter].change(usedTokens - tokens, usedMoney - money, back);
      if (change != 0) {
        meters[meter].correct(cells, change, at, nanos, now);
      }
      // Also of what did not grow: the window may be another one, in which nothing was told yet.
      notice(which, meter, meters[meter].levels(cells, nanos, now), nanos, now);
    }
  }

  private boolean fits() {
    for (Account account : accounts) {
      long[] cells = account.cells();
      for (Meter meter : account.sheet().meters) {
        if (!meter.fits(cells, meter.units(tokens, money), at)) {
          return false;
        }
      }
    }
    return true;
  }

  private void takeAll() {
    for (int account = 0; account < accounts.length; account++) {
      long[] cells = accounts[account].cells();
      Meter[] meters = accounts[account].sheet().meters;
      accounts[account].begins();
      for (int meter = 0; meter < meters.length; meter++) {
        int levels = meters[meter].take(cells, meters[meter].units(tokens, money), at);
        if (levels != 0) {
          notice(account, meter, levels, at.nanos(), at.periods());
        }
      }
    }
  }

  private void notice(int account, int meter, int levels, long nanos, Periods now) {
    for (int level = levels >> 3; level < (levels & 7); level++) {
      Account of = accounts[account];
      long used = of.sheet().meters[meter].used(of.cells(), nanos, now);
      crossings = crossings.isEmpty() ? new ArrayList<>(1) : crossings;
      crossings.add(new Crossing(account, meter, Meter.SHARES[level], used));
    }
  }

  private @Nullable Shortage shortage() {
    int fullest = -1;
    int meterOf = -1;
    long longest = 0;
    for (int account = 0; account < accounts.length; account++) {
      Meter[] meters = accounts[account].sheet().meters;
      for (int meter = 0; meter < meters.length; meter++) {
        long units = meters[meter].units(tokens, money);
        long wait = meters[meter].wait(accounts[account].cells(), units, at);
        if (wait > longest) {
          longest = wait;
          fullest = account;
          meterOf = meter;
        }
      }
    }
    return fullest < 0 ? null : new Shortage(fullest, meterOf, longest, true);
  }

  private boolean isGone() {
    for (Account account : accounts) {
      if (account.isDropped()) {
        return true;
      }
    }
    return false;
  }

  private void lock() {
    if (accounts.length > 0 && accounts[0].isGuarded()) {
      accounts[0].guard().lock();
      return;
    }
    for (Account account : accounts) {
      account.guard().lock();
    }
  }

  private void unlock() {
    if (accounts.length > 0 && accounts[0].isGuarded()) {
      accounts[0].guard().unlock();
      return;
    }
    for (int last = accounts.length - 1; last >= 0; last--) {
      accounts[last].guard().unlock();
    }
  }
}
