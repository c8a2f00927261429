package io.github.resilientchat.core.internal.ledger;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one user, tenant, route or application has used. Everything is asked under its guard: its
 * own lock, or that of an account with which all of its sheet are always claimed.
 */
// A lock itself, not one beside it: there are as many as there are callers.
@SuppressWarnings("serial")
public class Account extends Mutex {

  private static final long serialVersionUID = 1L;

  private static final int MOST_WAITING = 1_000;

  /** How late, in nanoseconds, one in line may ask again before she counts as gone. */
  private static final long GRACE = 1_000_000_000;

  private final Sheet sheet;
  private final long[] cells;
  private @Nullable ArrayDeque<Waiter> line;
  private boolean dropped;

  public Account(Sheet sheet) {
    this(sheet, new long[sheet.width]);
  }

  Account(Sheet sheet, long[] cells) {
    this.sheet = sheet;
    this.cells = cells;
  }

  /** An account that begins with what another one has used; with none of its calls. */
  Account(Overflow other) {
    this(other.sheet(), other.cells().clone());
    this.cells[sheet.running] = 0;
    for (Meter meter : sheet.meters) {
      if (meter.counted() == Counted.SLOTS) {
        cells[meter.at] = 0;
      }
    }
  }

  /** The account that this stands for: another one in the hands of those who share it. */
  Account kept() {
    return this;
  }

  /** Whether one lock guards all accounts that are claimed with it. */
  final boolean isGuarded() {
    return sheet.guard != null;
  }

  final Mutex guard() {
    @Nullable Account guard = sheet.guard;
    return guard == null ? kept() : guard;
  }

  final Sheet sheet() {
    return sheet;
  }

  final long[] cells() {
    return cells;
  }

  /** Whether calls are let in elsewhere now. Under the guard. */
  boolean isDropped() {
    return dropped;
  }

  /** A call is let in. Under the guard. */
  void begins() {
    cells[sheet.running]++;
  }

  /** It is over. Under the guard. */
  void ends() {
    cells[sheet.running]--;
  }

  /**
   * Gives the account up if nothing would be forgotten: no call runs or waits, and no window holds
   * or owes anything.
   */
  boolean drop(Moment now) {
    guard().lock();
    try {
      dropped = dropped || isBlank(now);
      return dropped;
    } finally {
      guard().unlock();
    }
  }

  private boolean isBlank(Moment now) {
    if (cells[sheet.running] > 0 || line != null) {
      return false;
    }
    for (Meter meter : sheet.meters) {
      if (meter.used(cells, now.nanos(), now.periods()) > 0) {
        return false;
      }
    }
    return true;
  }

  /** What counts against a limit now, debts included; for those who look on. */
  public long used(int meter, Moment now) {
    guard().lock();
    try {
      return sheet.meters[meter].used(cells, now.nanos(), now.periods());
    } finally {
      guard().unlock();
    }
  }

  /** Nanoseconds until so many units fit under a limit; 0 when they do. */
  public long waitFor(int meter, long units, Moment now) {
    guard().lock();
    try {
      return sheet.meters[meter].wait(cells, units, now);
    } finally {
      guard().unlock();
    }
  }

  /** Calls that hold something of it. */
  public long running() {
    guard().lock();
    try {
      return cells[sheet.running];
    } finally {
      guard().unlock();
    }
  }

  /** The first in line; those whose time is up are out. Under the lock. */
  @Nullable Waiter first(Moment now) {
    while (line != null) {
      Waiter head = line.getFirst();
      if (head.until() + GRACE > now.nanos()) {
        return head;
      }
      leave(head);
    }
    return null;
  }

  /** Nothing was used; calls under way still hold their slots. */
  public void forget() {
    guard().lock();
    try {
      for (Meter meter : sheet.meters) {
        if (meter.counted() != Counted.SLOTS) {
          Arrays.fill(cells, meter.at, meter.at + meter.width(), 0);
        }
      }
    } finally {
      guard().unlock();
    }
  }

  /** Under the lock. False when too many wait already. */
  boolean join(Waiter waiter) {
    if (line == null) {
      line = new ArrayDeque<>(2);
    }
    if (line.size() >= MOST_WAITING) {
      return false;
    }
    line.addLast(waiter);
    waiter.line = this;
    return true;
  }

  /** Under the lock. */
  void leave(Waiter waiter) {
    if (line != null) {
      line.remove(waiter);
      line = line.isEmpty() ? null : line;
    }
  }
}
