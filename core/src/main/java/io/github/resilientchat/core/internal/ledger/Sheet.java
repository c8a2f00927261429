package io.github.resilientchat.core.internal.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one set of limits, shared by all accounts under them. Their amounts may change;
 * cells and what they count do not. Thread-safe.
 */
public final class Sheet {

  volatile Meter[] meters;
  final int width;

  /**
   * The cell in which calls that run are counted, behind those of the first meter. Where there are
   * more meters it is not the last cell, which each call would write beside what the next account's
   * calls read, on one cache line.
   */
  final int running;

  /** Whose lock guards all accounts under it; null when each guards itself. */
  @Nullable Account guard;

  private Sheet(List<Meter> meters) {
    this.meters = meters.toArray(Meter[]::new);
    this.running = meters.isEmpty() ? 0 : meters.get(0).width();
    this.width = meters.stream().mapToInt(Meter::width).sum() + 1;
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * No account under it is ever claimed without this one, whose lock is then enough. To be said
   * before there are any.
   */
  public void guardedBy(Account all) {
    guard = all;
  }

  /** From now on the amounts of a sheet that counts the same are the limits here. */
  public void amend(Sheet same) {
    meters = same.meters;
  }

  /** The most of it that one claim may ever take; the largest number when it is not limited. */
  public long most(Counted counted) {
    long least = Long.MAX_VALUE;
    for (Meter meter : meters) {
      least = meter.counted() == counted ? Math.min(least, meter.most) : least;
    }
    return least;
  }

  public boolean counts(Counted counted) {
    return Stream.of(meters).anyMatch(meter -> meter.counted() == counted);
  }

  /** Builds a sheet, meter by meter; a meter's number is its place in it. */
  public static final class Builder {
    private final List<Meter> meters = new ArrayList<>();
    private int at;

    private Builder() {}

    public Builder sliding(Counted counted, long most, long windowNanos) {
      return add(new SlidingMeter(counted, most, windowNanos, at));
    }

    public Builder calendar(Counted counted, long most, Period period) {
      return add(new CalendarMeter(counted, most, period, at));
    }

    public Builder slots(long most) {
      return add(new SlotMeter(most, at));
    }

    private Builder add(Meter meter) {
      meters.add(meter);
      boolean first = at == 0;
      at += meter.width() + (first ? 1 : 0);
      return this;
    }

    public Sheet build() {
      return new Sheet(meters);
    }
  }
}
