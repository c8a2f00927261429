package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.internal.ledger.Mutex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
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
  private final Mutex lock = new Mutex();
  private final Allowance[] windowed;
  private final @Nullable Limit concurrency;

  /** Written under the lock. */
  private final AtomicLong running = new AtomicLong();

  private volatile double slots;

  /** Whether it was ever held to a share, so that somebody asks what is wanted. */
  private volatile boolean sliced;

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
    this.slots = slots == null ? 0 : slots.amount();
  }

  /**
   * Holds to a share of the limits from now on, because other instances have the rest.
   *
   * @param share more than 0, at most 1; one request and one call at a time always are in it
   */
  public void share(double share) {
    long now = ticker.nanos();
    sliced = true;
    lock.lock();
    try {
      for (Allowance allowance : windowed) {
        allowance.share(share, now);
      }
      slots = concurrency == null ? 0 : Math.max(1, Math.floor(concurrency.amount() * share));
    } finally {
      lock.unlock();
    }
  }

  /** What was asked for since this was asked last, as a share of the limit that it is most of. */
  public double takeWanted() {
    lock.lock();
    try {
      double most = concurrency == null ? 0 : (double) running.get() / concurrency.amount();
      for (Allowance allowance : windowed) {
        most = Math.max(most, allowance.takeWanted());
      }
      return most;
    } finally {
      lock.unlock();
    }
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
    @Nullable Full full = tryTake(tokenCount, now);
    return full == null ? new Taken(this, tokenCount) : full;
  }

  /**
   * The same for who remembers what was taken, and says {@link #settle} or {@link #giveBack} once.
   *
   * @return which limit has no room; null when all was taken
   */
  public @Nullable Full tryTake(long tokenCount, long now) {
    if (sliced) {
      for (Allowance allowance : windowed) {
        allowance.wants(allowance.units(tokenCount));
      }
    }
    // Who only looks, as calls do that pass by many full accounts, waits for nobody.
    @Nullable Full full = fullest(tokenCount, now);
    return full == null ? tryTakeAlone(tokenCount, now) : full;
  }

  private @Nullable Full tryTakeAlone(long tokenCount, long now) {
    lock.lock();
    try {
      @Nullable Full full = fullest(tokenCount, now);
      if (full == null) {
        for (Allowance allowance : windowed) {
          allowance.take(allowance.units(tokenCount), now);
        }
        running.setRelease(running.getPlain() + 1);
      }
      return full;
    } finally {
      lock.unlock();
    }
  }

  /** Replaces taken tokens by what was really used, at this moment of the ledger's clock. */
  public void settle(long taken, long used, long now) {
    lock.lock();
    try {
      correct(taken, used, false, now);
    } finally {
      lock.unlock();
    }
  }

  /** Gives back what was taken, the request too, at this moment of the ledger's clock. */
  public void giveBack(long taken, long now) {
    lock.lock();
    try {
      correct(taken, 0, true, now);
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
    double least = concurrency == null ? 1 : 1 - Math.min(1, running.get() / slots);
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
        used.put(concurrency, running.get());
      }
    } finally {
      lock.unlock();
    }
    return used;
  }

  /** Calls that hold a reservation now. */
  public long running() {
    return running.get();
  }

  void end(Taken reservation, long actual, boolean giveRequestBack) {
    long now = ticker.nanos();
    lock.lock();
    try {
      if (reservation.endsNow()) {
        correct(reservation.tokens(), actual, giveRequestBack, now);
      }
    } finally {
      lock.unlock();
    }
  }

  private void correct(long taken, long used, boolean giveRequestBack, long now) {
    running.setRelease(running.getPlain() - 1);
    for (Allowance allowance : windowed) {
      if (allowance.countsTokens()) {
        allowance.correct(used - allowance.clamp(taken), now);
      } else if (giveRequestBack) {
        allowance.correct(-1, now);
      }
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
    if (concurrency != null && running.get() >= slots) {
      return new Full(concurrency, null);
    }
    @Nullable Limit fullest = null;
    long longest = 0;
    for (Allowance allowance : windowed) {
      long wait = allowance.waitFor(allowance.units(tokenCount), now);
      if (wait > longest) {
        longest = wait;
        fullest = allowance.limit();
      }
    }
    return fullest == null ? null : new Full(fullest, Duration.ofNanos(longest));
  }
}
