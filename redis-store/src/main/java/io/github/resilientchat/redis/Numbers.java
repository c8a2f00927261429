package io.github.resilientchat.redis;

import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.QuotaStore.Demand;
import io.github.resilientchat.core.quota.QuotaStore.Holder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * What the script of quotas is told: numbers, in the order in which it reads, packed as doubles
 * into one word. A word for each would cost Redis more than what it does with them.
 */
final class Numbers {

  private static final int TAKE = 1;
  private static final int END = 2;
  private static final int RENEW = 3;
  private static final int PROBE = 4;

  /** More than are ever said beside the limits. */
  private static final int MOST_BESIDE = 28;

  private static final int OF_A_HOLDER = 2;
  private static final int OF_A_LIMIT = 3;
  private static final long MINUTES_SLICE = 5_000_000;
  private static final long HOURS_SLICE = 300_000_000;

  private final ByteBuffer all;

  private Numbers(int what, long micros, int room) {
    all = ByteBuffer.allocate(Double.BYTES * room).order(ByteOrder.LITTLE_ENDIAN);
    add(what).add(micros);
  }

  static Numbers take(long micros, Demand demand) {
    return new Numbers(TAKE, micros, MOST_BESIDE + room(demand));
  }

  static Numbers end(long micros, Demand demand) {
    return new Numbers(END, micros, MOST_BESIDE + room(demand));
  }

  static Numbers renew(long micros) {
    return new Numbers(RENEW, micros, MOST_BESIDE);
  }

  static Numbers probe() {
    return new Numbers(PROBE, 0, 2);
  }

  private static int room(Demand demand) {
    int room = 0;
    for (Holder holder : demand.holders()) {
      room += OF_A_HOLDER + OF_A_LIMIT * holder.limits().all().size();
    }
    return room;
  }

  Numbers add(long number) {
    all.putDouble(number);
    return this;
  }

  Numbers add(long[] numbers) {
    for (long number : numbers) {
      all.putDouble(number);
    }
    return this;
  }

  /** The holders, and before them the calendar if any of them is held to it. */
  Numbers add(Demand demand, CalendarTable calendar, long millis) {
    List<Holder> holders = demand.holders();
    if (followsCalendar(holders)) {
      add(1).add(calendar.numbers(millis));
    } else {
      add(0);
    }
    add(holders.size());
    for (Holder holder : holders) {
      List<Limit> limits = holder.limits().all();
      // The script has a place of its own beside each holder.
      add(limits.size()).add(0);
      for (Limit limit : limits) {
        add(code(limit.unit())).add(slice(limit.unit())).add(limit.amount());
      }
    }
    return this;
  }

  private static boolean followsCalendar(List<Holder> holders) {
    for (Holder holder : holders) {
      Limits limits = holder.limits();
      for (Limit limit : limits.all()) {
        if (slice(limit.unit()) == 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** As the script knows the unit: requests up to three, tokens up to six, money from eight on. */
  private static int code(Limit.Unit unit) {
    return switch (unit) {
      case RPM -> 1;
      case RPH -> 2;
      case RPD -> 3;
      case TPM -> 4;
      case TPH -> 5;
      case TPD -> 6;
      case PAR -> 7;
      case USD_H -> 8;
      case USD_D -> 9;
      case USD_MO -> 10;
    };
  }

  /** Microseconds of a slice; 0 for what follows the calendar, less for calls at a time. */
  private static long slice(Limit.Unit unit) {
    return switch (unit) {
      case RPM, TPM -> MINUTES_SLICE;
      case RPH, TPH -> HOURS_SLICE;
      case RPD, TPD, USD_H, USD_D, USD_MO -> 0;
      case PAR -> -1;
    };
  }

  byte[] packed() {
    byte[] packed = new byte[all.position()];
    System.arraycopy(all.array(), 0, packed, 0, packed.length);
    return packed;
  }
}
