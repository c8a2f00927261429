package io.github.resilientchat.core.internal.ledger;

/**
 * How one limit is counted. Holds nothing of any account: an account's numbers are cells of one
 * array, of which a meter has its own stretch, so that an idle account stays small. Not
 * thread-safe: the account's lock guards the cells. What every call asks twice is told the time by
 * parts, which costs no object.
 */
abstract class Meter {

  /** Shares of a limit that are told, in percent; a level is how many of them are reached. */
  static final int[] SHARES = {50, 80, 95, 100};

  /** A request so large that no wait helps. */
  static final long NEVER = Long.MAX_VALUE;

  /** What an account may owe at most, so that sums never overflow. */
  static final long MOST_DEBT = 1L << 60;

  private final Counted counted;
  private final long firstTold;
  final long most;
  final int at;

  /**
   * @param most the limit; 0 lets nothing pass
   * @param at its first cell
   */
  Meter(Counted counted, long most, int at) {
    this.counted = counted;
    this.most = most;
    this.firstTold = most == 0 ? Long.MAX_VALUE : (long) Math.ceil(most / 100.0 * SHARES[0]);
    this.at = at;
  }

  Counted counted() {
    return counted;
  }

  /** How many cells it needs. */
  abstract int width();

  /** What a claim of so many tokens and so much money takes of this limit. */
  final long units(long tokens, long money) {
    if (counted == Counted.TOKENS) {
      return tokens;
    }
    return counted == Counted.MONEY ? money : 1;
  }

  /**
   * What the end of a claim changes.
   *
   * @param tokens used more than taken; so is money
   * @param back whether the request does not count either
   */
  final long change(long tokens, long money, boolean back) {
    if (counted == Counted.TOKENS) {
      return tokens;
    }
    if (counted == Counted.REQUESTS) {
      return back ? -1 : 0;
    }
    return counted == Counted.MONEY ? money : -1;
  }

  /** Whether so many units fit now. */
  abstract boolean fits(long[] cells, long units, Moment now);

  /** Nanoseconds until so many units fit; 0 when they fit now, {@link #NEVER} when never. */
  final long wait(long[] cells, long units, Moment now) {
    return most == 0 || units > most ? NEVER : waitFor(cells, units, now);
  }

  abstract long waitFor(long[] cells, long units, Moment now);

  /**
   * Takes what has been found to fit at this moment.
   *
   * @return as {@link #levels}
   */
  abstract int take(long[] cells, long units, Moment now);

  /**
   * Corrects what was taken then: less is given back to the window it was taken in, if that is not
   * over; more is taken now, and is a debt where it does not fit.
   */
  abstract void correct(long[] cells, long change, Moment taken, long nanos, Periods now);

  /** What counts now, debts included. */
  abstract long used(long[] cells, long nanos, Periods now);

  /**
   * The level reached now and that told before in this window, as {@code told * 8 + reached}; 0
   * when there is nothing to tell.
   */
  abstract int levels(long[] cells, long nanos, Periods now);

  /** Whether nothing is reached yet that is told. */
  final boolean isLow(long used) {
    return used < firstTold;
  }

  /** The level of what is not low. */
  final int level(long used) {
    int level = 1;
    while (level < SHARES.length && used >= most / 100.0 * SHARES[level]) {
      level++;
    }
    return level;
  }
}
