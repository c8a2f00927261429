package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.Usage;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts a day's use in this process's memory: by caller, route, model and kind of token. Bounded:
 * so many days, and so many rows a day; what is more than that counts as {@link
 * UsageReader.Key#OTHERS}, by route and model. Give it to {@link PlanQuotas} as a listener.
 */
public final class UsageBook implements QuotaListener, UsageReader {

  private static final int ATTEMPTS = 0;
  private static final int INPUT = 1;
  private static final int OUTPUT = 2;
  private static final int CACHE_READ = 3;
  private static final int CACHE_WRITE = 4;
  private static final int MONEY = 5;

  private final int mostDays;
  private final int mostRows;
  private final ConcurrentSkipListMap<LocalDate, Map<Key, AtomicLongArray>> byDay =
      new ConcurrentSkipListMap<>(Comparator.reverseOrder());

  public UsageBook(int mostDays, int mostRows) {
    if (mostDays < 1 || mostRows < 1) {
      throw new IllegalArgumentException(
          "a book holds at least one day and one row: " + mostDays + ", " + mostRows);
    }
    this.mostDays = mostDays;
    this.mostRows = mostRows;
  }

  @Override
  public void onUsage(UsageEvent event) {
    for (Charge charge : event.charges()) {
      AtomicLongArray row = row(event, charge.model());
      row.addAndGet(ATTEMPTS, 1);
      row.addAndGet(INPUT, charge.usage().input());
      row.addAndGet(OUTPUT, charge.usage().output());
      row.addAndGet(CACHE_READ, charge.usage().cacheRead());
      row.addAndGet(CACHE_WRITE, charge.usage().cacheWrite());
      row.addAndGet(MONEY, charge.nanoUsd());
    }
  }

  private AtomicLongArray row(UsageEvent event, String model) {
    Map<Key, AtomicLongArray> rows = byDay.get(event.day());
    if (rows == null) {
      rows = byDay.computeIfAbsent(event.day(), day -> new ConcurrentHashMap<>());
      while (byDay.size() > mostDays) {
        byDay.pollLastEntry();
      }
    }
    Key key =
        new Key(
            AccountName.of(event.caller().tenant()),
            AccountName.of(event.caller().user()),
            event.route(),
            model);
    AtomicLongArray known = rows.get(key);
    if (known != null) {
      return known;
    }
    Key entered = rows.size() < mostRows ? key : new Key(null, Key.OTHERS, event.route(), model);
    return rows.computeIfAbsent(entered, made -> new AtomicLongArray(MONEY + 1));
  }

  @Override
  public List<Row> on(LocalDate day) {
    return byDay.getOrDefault(day, Map.of()).entrySet().stream()
        .map(entry -> row(entry.getKey(), entry.getValue()))
        .toList();
  }

  @Override
  public List<LocalDate> days() {
    return List.copyOf(byDay.keySet());
  }

  /** Forgets every day, as tests want it that share a book. */
  public void clear() {
    byDay.clear();
  }

  private static Row row(Key key, AtomicLongArray counts) {
    Usage tokens =
        new Usage(
            counts.get(INPUT), counts.get(OUTPUT), counts.get(CACHE_READ), counts.get(CACHE_WRITE));
    return new Row(key, counts.get(ATTEMPTS), tokens, counts.get(MONEY));
  }
}
