package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.internal.ledger.Account;
import io.github.resilientchat.core.internal.ledger.Counted;
import io.github.resilientchat.core.internal.ledger.Period;
import io.github.resilientchat.core.internal.ledger.Sheet;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Limits of a scope as they are counted. Requests and tokens a minute or an hour slide; days,
 * months and all money follow the calendar. Amounts may change while calls are counted; what is
 * counted, and how, does not.
 */
final class ScopeLimits {

  private final Scope scope;
  private final String plan;
  private final Sheet sheet;
  private final @Nullable Account only;
  private volatile Written written;

  /** The limits, and each as it is written. */
  private record Written(Limits limits, List<String> texts) {

    static Written of(Limits limits) {
      return new Written(limits, limits.all().stream().map(Limit::toString).toList());
    }
  }

  private ScopeLimits(Scope scope, String plan, Limits limits, Sheet sheet) {
    this.scope = scope;
    this.plan = plan;
    this.sheet = sheet;
    boolean ofAll = scope == Scope.ROUTE || scope == Scope.APPLICATION;
    this.only = ofAll ? new Account(sheet) : null;
    this.written = Written.of(limits);
  }

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
    return new ScopeLimits(scope, plan, limits, sheet.build());
  }

  Scope scope() {
    return scope;
  }

  /** The name that refusals show. */
  String plan() {
    return plan;
  }

  Limits limits() {
    return written.limits();
  }

  Sheet sheet() {
    return sheet;
  }

  /** The one account under these limits; null where users or tenants have one each. */
  @Nullable Account only() {
    return only;
  }

  /** The limits as they are written. */
  List<String> texts() {
    return written.texts();
  }

  /** Whether these differ from others in amounts at most. */
  boolean isLike(ScopeLimits other) {
    return units(limits()).equals(units(other.limits()));
  }

  private static List<Limit.Unit> units(Limits limits) {
    return limits.all().stream().map(Limit::unit).toList();
  }

  /** The amounts of others that are like these hold from now on. */
  void amend(ScopeLimits other) {
    sheet.amend(other.sheet);
    written = other.written;
  }

  private static long window(Limit limit) {
    Duration window = limit.unit().window();
    return window == null ? 0 : window.toNanos();
  }

  /** The first limit that what is asked for exceeds all by itself; -1 when there is none. */
  int tooSmall(long tokens, long money) {
    List<Limit> all = limits().all();
    for (int at = 0; at < all.size(); at++) {
      Limit limit = all.get(at);
      long units =
          switch (limit.unit().measure()) {
            case REQUESTS, CONCURRENCY -> 1;
            case TOKENS -> tokens;
            case MONEY -> money;
          };
      if (limit.amount() == 0 || units > limit.amount()) {
        return at;
      }
    }
    return -1;
  }

  /** The same scope with other amounts. */
  ScopeLimits with(UnaryOperator<Limit> amount) {
    return of(scope, plan, new Limits(limits().all().stream().map(amount).toList()));
  }

  Limit limit(int meter) {
    return limits().all().get(meter);
  }
}
