package io.github.resilientchat.core.internal.ledger;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What one user, tenant, route or application has used. Everything is asked under its lock. */
// A lock itself, not one beside it: there are as many as there are callers.
@SuppressWarnings("serial")
public final class Account extends ReentrantLock {

  private static final long serialVersionUID = 1L;

  private static final int MOST_WAITING = 1_000;

  /** How late, in nanoseconds, one in line may ask again before she counts as gone. */
  private static final long GRACE = 1_000_000_000;

  private final Sheet sheet;
  private final long[] cells;
  private @Nullable ArrayDeque<Waiter> line;
  private boolean dropped;

  public Account(Sheet sheet) {
    this.sheet = sheet;
    this.cells = new long[sheet.width];
  }

  /** An account that begins with what another one has used; with none of its calls. */
  private Account(Account other) {
    this.sheet = other.sheet;
    this.cells = Arrays.copyOf(other.cells, other.cells.length);
    this.cells[sheet.running] = 0;
    for (Meter meter : sheet.meters) {
      if (meter.counted() == Counted.SLOTS) {
        cells[meter.at] = 0;
      }
    }
  }

  Account successor() {
    lock();
    try {
      return new Account(this);
    } finally {
      unlock();
    }
  }

  Sheet sheet() {
    return sheet;
  }

  long[] cells() {
    return cells;
  }

  boolean isDropped() {
    return dropped;
  }

  /**
   * Gives the account up if nothing would be forgotten: no call runs or waits, and no window holds
   * or owes anything. Skips an account that is busy.
   */
  boolean drop(Moment now) {
    if (!tryLock()) {
      return false;
    }
    try {
      dropped = dropped || isBlank(now);
      return dropped;
    } finally {
      unlock();
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
    lock();
    try {
      return sheet.meters[meter].used(cells, now.nanos(), now.periods());
    } finally {
      unlock();
    }
  }

  /** Nanoseconds until so many units fit under a limit; 0 when they do. */
  public long waitFor(int meter, long units, Moment now) {
    lock();
    try {
      return sheet.meters[meter].wait(cells, units, now);
    } finally {
      unlock();
    }
  }

  /** Calls that hold something of it. */
  public long running() {
    lock();
    try {
      return cells[sheet.running];
    } finally {
      unlock();
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
    lock();
    try {
      for (Meter meter : sheet.meters) {
        if (meter.counted() != Counted.SLOTS) {
          Arrays.fill(cells, meter.at, meter.at + meter.width(), 0);
        }
      }
    } finally {
      unlock();
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
