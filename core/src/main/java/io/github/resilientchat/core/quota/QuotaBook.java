package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.internal.ledger.Account;
import io.github.resilientchat.core.internal.ledger.Accounts;
import io.github.resilientchat.core.internal.ledger.Calendar;
import io.github.resilientchat.core.internal.ledger.Moment;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All limits of an application and the accounts under them, for every route. Thread-safe. */
final class QuotaBook {

  private static final Logger LOG =
      LoggerFactory.getLogger("io.github.resilientchat.core.quota.PlanQuotas");

  /** The user of all calls that name nobody; no user is named so, because names are not blank. */
  private static final String NOBODY = "";

  private final ScopeTable table;
  private final Map<String, LearntSizes> learnt = new ConcurrentHashMap<>();
  private final Set<ScopeLimits> warned = ConcurrentHashMap.newKeySet();
  private final Accounts accounts;
  private final Calendar calendar;
  private final List<QuotaListener> listeners;
  private final @Nullable SharedStore store;
  private final @Nullable SharedQuotas shared;
  private final Scope widest;

  private final Map<ScopeLimits, ScopeLimits> asBuilt = new IdentityHashMap<>();

  /** What this instance holds its callers to on its own. */
  private final Map<ScopeLimits, ScopeLimits> shares = new IdentityHashMap<>();

  QuotaBook(QuotaSettings settings) {
    table = new ScopeTable(settings);
    accounts = new Accounts(settings.maxAccounts);
    calendar = new Calendar(settings.ticker, settings.clock, settings.zone);
    listeners = List.copyOf(settings.listeners);
    store = settings.store;
    if (store != null) {
      SharedStore kept = store;
      table.all().forEach(scope -> enterShare(scope, kept));
      guard(shares.values());
    }
    guard(table.all());
    table.all().forEach(scope -> asBuilt.put(scope, scope.with(limit -> limit)));
    widest =
        table.all().stream()
            .map(ScopeLimits::scope)
            .max(Comparator.naturalOrder())
            .orElse(Scope.USER);
    shared = store == null ? null : new SharedQuotas(store, this, settings);
  }

  private void enterShare(ScopeLimits scope, SharedStore store) {
    store.requireCountable(scope);
    ScopeLimits share = scope.with(store::share);
    shares.put(scope, share);
  }

  /** Every call counts on the application's account, if it has one: its lock is enough for all. */
  private static void guard(Collection<ScopeLimits> all) {
    for (ScopeLimits application : all) {
      @Nullable Account guard = application.only();
      if (application.scope() == Scope.APPLICATION && guard != null) {
        all.forEach(scope -> scope.sheet().guardedBy(guard));
      }
    }
  }

  /**
   * @throws IllegalArgumentException if the store that instances share cannot count so much
   */
  void requireCountable(ScopeLimits wanted) {
    if (store != null) {
      store.requireCountable(wanted);
    }
  }

  /** Other amounts hold from now on, this instance's own share included. */
  void amend(ScopeLimits scope, ScopeLimits to) {
    scope.amend(to);
    if (store != null) {
      shareOf(scope).amend(scope.with(store::share));
    }
  }

  /** Which limits there are, and whom they hold. */
  ScopeTable limits() {
    return table;
  }

  /** The widest scope that has limits. */
  Scope widest() {
    return widest;
  }

  /** Where accounts are kept that instances share; null when this instance has its own. */
  @Nullable SharedQuotas shared() {
    return shared;
  }

  ScopeLimits shareOf(ScopeLimits scope) {
    return Objects.requireNonNull(shares.get(scope));
  }

  /** Whose account it is in a store that instances share. */
  QuotaStore.Holder holderIn(ScopeLimits scope, Caller caller) {
    boolean own = scope.scope() == Scope.USER;
    boolean tenants = own || scope.scope() == Scope.TENANT;
    return new QuotaStore.Holder(
        scope.scope(),
        scope.plan(),
        tenants ? caller.tenant() : null,
        own ? caller.user() == null ? NOBODY : caller.user() : null,
        scope.limits());
  }

  /** What counts against a limit of a caller, for those who look on. */
  long used(ScopeLimits scope, Caller caller, int limit, Moment now) {
    if (shared != null) {
      return shared.used(scope, caller, limit);
    }
    @Nullable Account account = counting(scope, caller);
    return account == null ? 0 : account.used(limit, now);
  }

  Moment now() {
    return calendar.now();
  }

  /** A moment of the ticker, in nanoseconds of a {@link Moment}. */
  long since(long ticked) {
    return calendar.since(ticked);
  }

  /** A moment of the ticker. */
  Moment at(long ticked) {
    return calendar.at(ticked);
  }

  /** What is learnt of a route, by all who ask for it. */
  LearntSizes learnt(String route) {
    return learnt.computeIfAbsent(route, name -> new LearntSizes());
  }

  /** Limits are those that they were built with; nothing is used, and nothing learnt. */
  void startOver() {
    asBuilt.forEach(this::amend);
    accounts.forget();
    table.all().forEach(QuotaBook::forgetUse);
    shares.values().forEach(QuotaBook::forgetUse);
    learnt.values().forEach(LearntSizes::forget);
    warned.clear();
  }

  private static void forgetUse(ScopeLimits scope) {
    @Nullable Account only = scope.only();
    if (only != null) {
      only.forget();
    }
  }

  /**
   * The accounts that a call counts on, made where there are none.
   *
   * @param again whether the call has asked before
   */
  Account[] accounts(ScopeLimits[] scopes, Caller caller, Moment now, boolean again) {
    Account[] all = new Account[scopes.length];
    boolean swept = again;
    for (int at = 0; at < all.length; at++) {
      @Nullable Account one = known(scopes[at], caller);
      if (one == null) {
        if (!swept) {
          accounts.sweep(now);
          swept = true;
        }
        one = entered(scopes[at], caller);
      }
      all[at] = one;
    }
    return all;
  }

  private Account entered(ScopeLimits scope, Caller caller) {
    Account account = accounts.enter(holder(scope, caller));
    if (accounts.isShared(account)) {
      overflow(scope);
    }
    return account;
  }

  private static Accounts.Holder holder(ScopeLimits scope, Caller caller) {
    @Nullable String tenant = AccountName.of(caller.tenant());
    @Nullable String user = caller.user();
    return new Accounts.Holder(
        scope.sheet(),
        tenant,
        scope.scope() == Scope.TENANT ? null : user == null ? NOBODY : AccountName.of(user));
  }

  private void overflow(ScopeLimits scope) {
    if (warned.add(scope)) {
      Foreign.run(
          "the log",
          () ->
              LOG.warn(
                  "as many accounts of callers are kept as may be: newcomers under {} limits of"
                      + " plan {} share one. Raise the most accounts kept"
                      + " (resilient.store.max-keys)",
                  scope.scope(),
                  scope.plan()));
    }
    tell(listener -> listener.onOverflow(scope.scope(), scope.plan()));
  }

  /** The account as it is, or null when nothing is known of the caller. */
  @Nullable Account known(ScopeLimits scope, Caller caller) {
    @Nullable Account one = scope.only();
    return one != null ? one : accounts.known(holder(scope, caller));
  }

  /** The account that tells how the caller stands, or null when nothing counts. */
  @Nullable Account counting(ScopeLimits scope, Caller caller) {
    @Nullable Account one = scope.only();
    return one != null ? one : accounts.counting(holder(scope, caller));
  }

  long kept() {
    return accounts.size();
  }

  boolean isHeard() {
    return !listeners.isEmpty();
  }

  /** Each on its own: what one throws is no other's trouble. */
  void tell(Consumer<QuotaListener> event) {
    for (QuotaListener listener : listeners) {
      Foreign.run(listener.getClass().getName(), () -> event.accept(listener));
    }
  }
}
