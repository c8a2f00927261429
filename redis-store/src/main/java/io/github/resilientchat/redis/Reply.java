package io.github.resilientchat.redis;

import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.quota.QuotaStore.Answer;
import io.github.resilientchat.core.quota.QuotaStore.Demand;
import io.github.resilientchat.core.quota.QuotaStore.Ended;
import io.github.resilientchat.core.quota.QuotaStore.Full;
import io.github.resilientchat.core.quota.QuotaStore.Holder;
import io.github.resilientchat.core.quota.QuotaStore.Reached;
import io.github.resilientchat.core.quota.QuotaStore.Taken;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads what the script of quotas says: doubles, packed into one word, number by number. */
final class Reply {

  private static final int OK = 0;
  private static final int FULL = 1;
  private static final long MOST_MICROS = 2_305_843_009_213_693L;
  private static final long MOST_PERIODS = 10_000;
  private static final long MOST_NANOS = Long.MAX_VALUE / 4;

  private final ByteBuffer numbers;
  private final Demand demand;

  Reply(byte[] packed, Demand demand) {
    this.numbers = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
    this.demand = demand;
  }

  private long next() {
    return (long) numbers.getDouble();
  }

  Answer answer(CalendarTable calendar) {
    long status = next();
    if (status != OK && status != FULL) {
      throw new IllegalStateException("a demand was made again after its end");
    }
    long[] ticket = ticket();
    long[] used = used();
    return status == OK ? new Taken(ticket, reached(), used) : full(ticket[0], used, calendar);
  }

  Ended ended() {
    if (next() != OK) {
      return new Ended(List.of(), new long[0]);
    }
    ticket();
    long[] used = used();
    return new Ended(reached(), used);
  }

  /** The moment, and the periods that it was in. */
  private long[] ticket() {
    return new long[] {next(), next(), next(), next()};
  }

  private long[] used() {
    int limits = 0;
    for (Holder holder : demand.holders()) {
      limits += holder.limits().all().size();
    }
    long[] all = new long[limits];
    for (int i = 0; i < limits; i++) {
      all[i] = next();
    }
    return all;
  }

  private List<Reached> reached() {
    if (!numbers.hasRemaining()) {
      return List.of();
    }
    List<Reached> all = new ArrayList<>();
    while (numbers.hasRemaining()) {
      all.add(new Reached((int) next(), (int) next(), (int) next(), next()));
    }
    return all;
  }

  private Full full(long micros, long[] used, CalendarTable calendar) {
    long longest = 0;
    int holder = -1;
    int limit = -1;
    while (numbers.hasRemaining()) {
      int whose = (int) next();
      int which = (int) next();
      Limit short_ = demand.holders().get(whose).limits().all().get(which);
      long wait = nanos(short_.unit(), next(), micros, calendar);
      if (wait > longest) {
        longest = wait;
        holder = whose;
        limit = which;
      }
    }
    return new Full(holder, limit, Duration.ofNanos(longest), used);
  }

  /** What slides says microseconds, what follows the calendar the period in which there is room. */
  private static long nanos(Limit.Unit unit, long said, long micros, CalendarTable calendar) {
    long millis = Math.floorDiv(micros, 1_000L);
    return switch (unit) {
      case RPM, RPH, TPM, TPH, PAR -> said >= MOST_MICROS ? MOST_NANOS : said * 1_000;
      case USD_H -> until(calendar.startOfHour(said, millis), millis, 3_600_000);
      case RPD, TPD, USD_D -> until(calendar.startOfDay(said), millis, 86_400_000);
      case USD_MO -> until(calendar.startOfMonth(said), millis, 28L * 86_400_000);
    };
  }

  private static long until(long start, long millis, long shortest) {
    long wait = Math.max(1, start - millis);
    return wait / shortest > MOST_PERIODS
        ? MOST_NANOS
        : Math.min(MOST_NANOS / 1_000_000, wait) * 1_000_000;
  }
}
