package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The account of one set of limits. A reservation fits all limits or takes nothing, in one atomic
 * decision; ending it settles tokens to real usage. Thread-safe.
 *
 * <p>Requests and tokens refill evenly over their window, from full. A request for more tokens than
 * a limit holds passes when the account is full; what it really used then stays as a debt.
 */
public final class LimitLedger {

  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Allowance[] windowed;
  private final @Nullable Limit concurrency;
  private volatile long running;

  public LimitLedger(Limits limits, Ticker ticker) {
    this.ticker = ticker;
    List<Allowance> allowances = new ArrayList<>(2);
    @Nullable Limit slots = null;
    for (Limit limit : limits.all()) {
      Duration window = limit.unit().window();
      if (window == null) {
        slots = limit;
      } else {
        allowances.add(new Allowance(limit, window.toNanos(), ticker.nanos()));
      }
    }
    windowed = allowances.toArray(Allowance[]::new);
    concurrency = slots;
  }

  /** The answer to a reservation. */
  public sealed interface Decision permits Taken, Full {}

  /**
   * A limit that has no room.
   *
   * @param limit the one that needs the longest wait
   * @param retryAfter when there is room if nothing else comes first, or null when a running call
   *     must end first
   */
  public record Full(Limit limit, @Nullable Duration retryAfter) implements Decision {}

  /** Takes one request, these tokens and one slot, or nothing. */
  public Decision tryReserve(long tokenCount) {
    return tryReserve(tokenCount, ticker.nanos());
  }

  /** The same at this moment of the ledger's clock. */
  public Decision tryReserve(long tokenCount, long now) {
    lock.lock();
    try {
      @Nullable Full full = fullest(tokenCount, now);
      if (full != null) {
        return full;
      }
      for (Allowance allowance : windowed) {
        allowance.take(unitsOf(allowance, tokenCount), now);
      }
      running++;
      return new Taken(this, tokenCount);
    } finally {
      lock.unlock();
    }
  }

  /** Tokens left under the tightest token limit; empty without one. Negative while in debt. */
  public OptionalLong remainingTokens() {
    return remaining(Limit.Measure.TOKENS);
  }

  /** Requests left under the tightest request limit; empty without one. */
  public OptionalLong remainingRequests() {
    return remaining(Limit.Measure.REQUESTS);
  }

  /**
   * What is left of the limit that has least left, as a share from 0 to 1, at this moment of the
   * ledger's clock. Takes no lock; may be that of a moment before.
   */
  public double shareLeft(long now) {
    double least =
        concurrency == null ? 1 : 1 - Math.min(1, (double) running / concurrency.amount());
    for (Allowance allowance : windowed) {
      least = Math.min(least, allowance.shareLeft(now));
    }
    return least;
  }

  /** The limit that has no room for the smallest call, at this moment; null when all have. */
  public @Nullable Full full(long now) {
    lock.lock();
    try {
      return fullest(1, now);
    } finally {
      lock.unlock();
    }
  }

  /** What counts against each limit now, in its unit; more than the limit while in debt. */
  public Map<Limit, Long> used() {
    long now = ticker.nanos();
    Map<Limit, Long> used = new LinkedHashMap<>();
    lock.lock();
    try {
      for (Allowance allowance : windowed) {
        used.put(allowance.limit(), allowance.limit().amount() - allowance.remaining(now));
      }
      if (concurrency != null) {
        used.put(concurrency, running);
      }
    } finally {
      lock.unlock();
    }
    return used;
  }

  /** Calls that hold a reservation now. */
  public long running() {
    lock.lock();
    try {
      return running;
    } finally {
      lock.unlock();
    }
  }

  void end(Taken reservation, long actual, boolean giveRequestBack) {
    long now = ticker.nanos();
    lock.lock();
    try {
      if (!reservation.endsNow()) {
        return;
      }
      running--;
      for (Allowance allowance : windowed) {
        if (allowance.counts(Limit.Measure.TOKENS)) {
          allowance.correct(actual - allowance.clamp(reservation.tokens()), now);
        } else if (giveRequestBack) {
          allowance.correct(-1, now);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private OptionalLong remaining(Limit.Measure measure) {
    long now = ticker.nanos();
    lock.lock();
    try {
      return Arrays.stream(windowed)
          .filter(allowance -> allowance.counts(measure))
          .mapToLong(allowance -> allowance.remaining(now))
          .min();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Full fullest(long tokenCount, long now) {
    if (concurrency != null && running >= concurrency.amount()) {
      return new Full(concurrency, null);
    }
    @Nullable Limit fullest = null;
    long longest = 0;
    for (Allowance allowance : windowed) {
      long wait = allowance.waitFor(unitsOf(allowance, tokenCount), now);
      if (wait > longest) {
        longest = wait;
        fullest = allowance.limit();
      }
    }
    return fullest == null ? null : new Full(fullest, Duration.ofNanos(longest));
  }

  private static long unitsOf(Allowance allowance, long tokenCount) {
    return allowance.counts(Limit.Measure.TOKENS) ? tokenCount : 1;
  }
}
