package io.github.resilientchat.core.internal.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A call that waits in the line of an account, and is asked for again and again. Who never comes
 * back is out when her time is up. Guarded by the lock of that account.
 */
public final class Waiter {

  private final long until;
  @Nullable Account line;
  long due;
  int meter;
  private boolean asked;
  private boolean told;

  /**
   * @param until when it counts as gone, in the nanoseconds of a {@link Moment}
   */
  public Waiter(long until) {
    this.until = until;
  }

  /** Whether this is asked for the first time. */
  public boolean asksFirst() {
    boolean first = !asked;
    asked = true;
    return first;
  }

  /** Whether nobody was told yet that this waits. */
  public boolean isNews() {
    boolean news = !told;
    told = true;
    return news;
  }

  public long until() {
    return until;
  }

  /** Out of the line, wherever it stands. */
  public void leave() {
    @Nullable Account where = line;
    if (where != null) {
      where.guard().lock();
      try {
        where.leave(this);
      } finally {
        where.guard().unlock();
      }
    }
  }
}
