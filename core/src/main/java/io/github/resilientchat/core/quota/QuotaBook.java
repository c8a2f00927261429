package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.internal.ledger.Account;
import io.github.resilientchat.core.internal.ledger.Accounts;
import io.github.resilientchat.core.internal.ledger.Calendar;
import io.github.resilientchat.core.internal.ledger.Moment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All limits of an application and the accounts under them, for every route. Thread-safe. */
final class QuotaBook {

  private static final Logger LOG =
      LoggerFactory.getLogger("io.github.resilientchat.core.quota.PlanQuotas");

  /** The user of all calls that name nobody; no user is named so, because names are not blank. */
  private static final String NOBODY = "";

  /** A tenant that no plan names, for the same reason. */
  static final String ANY_TENANT = "";

  private final Map<Plan, ScopeLimits> byPlan = new IdentityHashMap<>();
  private final Map<String, ScopeLimits> byTenant = new HashMap<>();
  private final @Nullable ScopeLimits everyTenant;
  private final @Nullable ScopeLimits application;
  private final Map<String, ScopeLimits> byRoute = new HashMap<>();
  private final Map<ScopeLimits, Account> fixed = new IdentityHashMap<>();
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

  QuotaBook(PlanQuotas.Builder settings) {
    settings.everyPlan().forEach(this::enter);
    everyTenant = scope(Scope.TENANT, "tenant", settings.tenantLimits);
    application = scope(Scope.APPLICATION, "application", settings.applicationLimits);
    settings.routeLimits.forEach(
        (route, limits) -> {
          if (!limits.isEmpty()) {
            ScopeLimits made = ScopeLimits.of(Scope.ROUTE, route, limits);
            byRoute.put(route, made);
            fixed.put(made, new Account(made.sheet()));
          }
        });
    if (application != null) {
      fixed.put(application, new Account(application.sheet()));
    }
    accounts = new Accounts(settings.maxAccounts);
    calendar = new Calendar(settings.ticker, settings.clock, settings.zone);
    listeners = List.copyOf(settings.listeners);
    store = settings.store;
    if (store != null) {
      SharedStore kept = store;
      all().forEach(scope -> enterShare(scope, kept));
    }
    all().forEach(scope -> asBuilt.put(scope, scope.with(limit -> limit)));
    widest =
        all().stream().map(ScopeLimits::scope).max(Comparator.naturalOrder()).orElse(Scope.USER);
    shared = store == null ? null : new SharedQuotas(store, this, settings);
  }

  private void enterShare(ScopeLimits scope, SharedStore store) {
    store.requireCountable(scope);
    ScopeLimits share = scope.with(store::share);
    shares.put(scope, share);
    if (fixed.containsKey(scope)) {
      fixed.put(share, new Account(share.sheet()));
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

  private void enter(Plan plan) {
    @Nullable ScopeLimits user = scope(Scope.USER, plan.name(), plan.limits());
    if (user != null) {
      byPlan.put(plan, user);
    }
    @Nullable ScopeLimits whole = scope(Scope.TENANT, plan.name(), plan.tenantLimits());
    if (whole != null) {
      plan.tenants().forEach(tenant -> byTenant.put(tenant, whole));
    }
  }

  private static @Nullable ScopeLimits scope(Scope scope, String name, Limits limits) {
    return limits.isEmpty() ? null : ScopeLimits.of(scope, name, limits);
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
    fixed.values().forEach(Account::forget);
    learnt.values().forEach(LearntSizes::forget);
    warned.clear();
  }

  /** The limits of a call, in the order of scopes. */
  ScopeLimits[] scopes(@Nullable String ofTenant, @Nullable Plan plan, String route) {
    @Nullable ScopeLimits user = plan == null ? null : byPlan.get(plan);
    @Nullable ScopeLimits tenant = tenantLimits(ofTenant);
    @Nullable ScopeLimits over = byRoute.isEmpty() ? null : byRoute.get(route);
    ScopeLimits[] all = new ScopeLimits[one(user) + one(tenant) + one(over) + one(application)];
    int at = 0;
    at = put(all, at, user);
    at = put(all, at, tenant);
    at = put(all, at, over);
    put(all, at, application);
    return all;
  }

  private @Nullable ScopeLimits tenantLimits(@Nullable String tenant) {
    if (tenant == null) {
      return null;
    }
    @Nullable ScopeLimits own = byTenant.isEmpty() ? null : byTenant.get(tenant);
    return own == null ? everyTenant : own;
  }

  /** Whether a plan has limits for this tenant as a whole. */
  boolean hasOwnLimits(String tenant) {
    return !byTenant.isEmpty() && byTenant.containsKey(tenant);
  }

  private static int one(@Nullable ScopeLimits scope) {
    return scope == null ? 0 : 1;
  }

  private static int put(ScopeLimits[] all, int at, @Nullable ScopeLimits scope) {
    if (scope == null) {
      return at;
    }
    all[at] = scope;
    return at + 1;
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
    @Nullable Account one = fixed.isEmpty() ? null : fixed.get(scope);
    return one != null ? one : accounts.known(holder(scope, caller));
  }

  /** The account that tells how the caller stands, or null when nothing counts. */
  @Nullable Account counting(ScopeLimits scope, Caller caller) {
    @Nullable Account one = fixed.isEmpty() ? null : fixed.get(scope);
    return one != null ? one : accounts.counting(holder(scope, caller));
  }

  /** All limits that there are, in no order. */
  List<ScopeLimits> all() {
    List<ScopeLimits> all = new ArrayList<>(byPlan.values());
    byTenant.values().stream().distinct().forEach(all::add);
    all.addAll(byRoute.values());
    Stream.of(everyTenant, application).filter(Objects::nonNull).forEach(all::add);
    return all;
  }

  boolean hasLimits() {
    return !(byPlan.isEmpty() && byTenant.isEmpty() && fixed.isEmpty()) || everyTenant != null;
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

  /** The limits in money that calls over this route are held to. */
  @Nullable ScopeLimits moneyOver(String route) {
    for (Map.Entry<Plan, ScopeLimits> entry : byPlan.entrySet()) {
      if (entry.getKey().holdsOver(route) && entry.getValue().limits().countMoney()) {
        return entry.getValue();
      }
    }
    for (ScopeLimits scope : byTenant.values()) {
      if (scope.limits().countMoney()) {
        return scope;
      }
    }
    @Nullable ScopeLimits own = byRoute.get(route);
    if (own != null && own.limits().countMoney()) {
      return own;
    }
    if (everyTenant != null && everyTenant.limits().countMoney()) {
      return everyTenant;
    }
    return application != null && application.limits().countMoney() ? application : null;
  }
}
