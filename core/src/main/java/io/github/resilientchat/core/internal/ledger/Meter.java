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
    return switch (counted) {
      case TOKENS -> tokens;
      case MONEY -> money;
      case REQUESTS, SLOTS -> 1;
    };
  }

  /** Nanoseconds until so many units fit; 0 when they fit now, {@link #NEVER} when never. */
  final long wait(long[] cells, long units, Moment now) {
    return most == 0 || units > most ? NEVER : waitFor(cells, units, now);
  }

  abstract long waitFor(long[] cells, long units, Moment now);

  abstract void take(long[] cells, long units, Moment now);

  /**
   * Corrects what was taken then: less is given back to the window it was taken in, if that is not
   * over; more is taken now, and is a debt where it does not fit.
   */
  abstract void correct(long[] cells, long change, Moment taken, long nanos, Periods now);

  /** The call is over. */
  void leave(long[] cells) {}

  /** What counts now, debts included. */
  abstract long used(long[] cells, long nanos, Periods now);

  /** The level reached now and that told before in this window, as {@code told * 8 + reached}. */
  abstract int levels(long[] cells, long nanos, Periods now);

  final int level(long used) {
    return used < firstTold ? 0 : levelFrom(1, used);
  }

  private int levelFrom(int least, long used) {
    int level = least;
    while (level < SHARES.length && used >= most / 100.0 * SHARES[level]) {
      level++;
    }
    return level;
  }
}
