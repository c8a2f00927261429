package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.internal.ledger.Counted;
import io.github.resilientchat.core.internal.ledger.Period;
import io.github.resilientchat.core.internal.ledger.Sheet;
import java.time.Duration;
import java.util.List;

/**
 * Limits of a scope as they are counted. Requests and tokens a minute or an hour slide; days,
 * months and all money follow the calendar.
 *
 * @param plan the name that refusals show
 * @param texts the limits as they are written
 */
record ScopeLimits(Scope scope, String plan, Limits limits, Sheet sheet, List<String> texts) {

  static ScopeLimits of(Scope scope, String plan, Limits limits) {
    Sheet.Builder sheet = Sheet.builder();
    for (Limit limit : limits.all()) {
      long most = limit.amount();
      switch (limit.unit()) {
        case RPM, RPH -> sheet.sliding(Counted.REQUESTS, most, window(limit));
        case TPM, TPH -> sheet.sliding(Counted.TOKENS, most, window(limit));
        case RPD -> sheet.calendar(Counted.REQUESTS, most, Period.DAY);
        case TPD -> sheet.calendar(Counted.TOKENS, most, Period.DAY);
        case PAR -> sheet.slots(most);
        case USD_H -> sheet.calendar(Counted.MONEY, most, Period.HOUR);
        case USD_D -> sheet.calendar(Counted.MONEY, most, Period.DAY);
        case USD_MO -> sheet.calendar(Counted.MONEY, most, Period.MONTH);
      }
    }
    List<String> texts = limits.all().stream().map(Limit::toString).toList();
    return new ScopeLimits(scope, plan, limits, sheet.build(), texts);
  }

  private static long window(Limit limit) {
    Duration window = limit.unit().window();
    return window == null ? 0 : window.toNanos();
  }

  Limit limit(int meter) {
    return limits.all().get(meter);
  }
}
