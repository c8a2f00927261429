package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.internal.ledger.Account;
import io.github.resilientchat.core.internal.ledger.Claim;
import io.github.resilientchat.core.internal.ledger.Crossing;
import io.github.resilientchat.core.internal.ledger.Moment;
import io.github.resilientchat.core.internal.ledger.Shortage;
import io.github.resilientchat.core.internal.ledger.Waiter;
import io.github.resilientchat.core.internal.time.Nanos;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The quotas of callers over one route. */
final class RouteQuotas implements CallerQuotas {

  /** Nobody can know when others want less; shares are looked at anew about as often. */
  private static final Duration SHARE_WAIT = Duration.ofMillis(500);

  private final BoundRoutes routes;
  private final QuotaBook book;
  private final boolean isEnginesClock;
  private final PlanTable plans;
  private final String route;
  private final HouseRules rules;
  private final Appraiser appraiser;
  private final @Nullable FairShares shares;

  private final Map<@Nullable Plan, ScopeLimits[]> ofNoTenant = new IdentityHashMap<>();
  private final Map<@Nullable Plan, ScopeLimits[]> ofAnyTenant = new IdentityHashMap<>();

  /**
   * @param isEnginesClock whether the moments that the engine says are of this clock
   */
  RouteQuotas(
      BoundRoutes routes,
      QuotaBook book,
      PlanTable plans,
      Tariff tariff,
      Scarcity scarcity,
      boolean isEnginesClock) {
    this.routes = routes;
    this.isEnginesClock = isEnginesClock;
    this.book = book;
    this.plans = plans;
    this.route = tariff.route();
    this.rules = routes.rules();
    this.appraiser = new Appraiser(book.learnt(route), tariff.dearest());
    this.shares = scarcity == Scarcity.NEVER ? null : new FairShares(scarcity);
    enter(null);
    plans.all().forEach(this::enter);
  }

  private void enter(@Nullable Plan plan) {
    ofNoTenant.put(plan, book.limits().scopes(null, plan, route));
    ofAnyTenant.put(plan, book.limits().scopes(ScopeTable.ANY_TENANT, plan, route));
  }

  @Override
  public CallerQuotas over(Tariff tariff) {
    return routes.bind(tariff, Scarcity.NEVER, null);
  }

  @Override
  public Admission admit(ModelCall call) {
    return admit(call, book.now());
  }

  @Override
  public Admission admit(ModelCall call, long now) {
    return admit(call, isEnginesClock ? book.at(now) : book.now());
  }

  private Admission admit(ModelCall call, Moment now) {
    if (!rules.admits(call.caller())) {
      return Admission.NoCaller.INSTANCE;
    }
    @Nullable Plan plan = plans.planOf(call.caller());
    @Nullable Waiter waiter =
        rules.onExceeded(plan) instanceof OnExceeded.Wait wait
            ? new Waiter(now.nanos() + Nanos.of(wait.atMost()))
            : null;
    return admit(call, plan, waiter, now);
  }

  /** Most callers are of no tenant, or of one as any other: their limits are known already. */
  private ScopeLimits[] scopes(Caller caller, @Nullable Plan plan) {
    @Nullable String tenant = caller.tenant();
    ScopeLimits @Nullable [] known = null;
    if (tenant == null) {
      known = ofNoTenant.get(plan);
    } else if (!book.limits().hasOwnLimits(tenant)) {
      known = ofAnyTenant.get(plan);
    }
    return known == null ? book.limits().scopes(tenant, plan, route) : known;
  }

  /**
   * The decision, once or again.
   *
   * @param waiter who is ready to wait, or waits already; null when the call is not
   */
  Admission admit(ModelCall call, @Nullable Plan plan, @Nullable Waiter waiter) {
    return admit(call, plan, waiter, book.now());
  }

  private Admission admit(
      ModelCall call, @Nullable Plan plan, @Nullable Waiter waiter, Moment now) {
    Caller caller = call.caller();
    ScopeLimits[] scopes = scopes(caller, plan);
    if (scopes.length == 0 && !book.isHeard() && shares == null) {
      return Admission.Unlimited.INSTANCE;
    }
    long tokens = appraiser.tokens(call.estimate(), scopes);
    if (shares != null && !shares.mayEnter(caller, now.nanos())) {
      return overShare(call, plan, tokens, waiter, now);
    }
    long money = appraiser.money(call.estimate(), scopes);
    @Nullable SharedQuotas shared = book.shared();
    if (shared != null && scopes.length > 0) {
      return shared.ask(
          new SharedQuotas.Asking(this, call, plan, scopes, tokens, money, waiter, now));
    }
    for (boolean again = false; ; again = true) {
      Account[] accounts = book.accounts(scopes, caller, now, again);
      Hold hold = new Hold(this, call, scopes, accounts, tokens, money, now);
      @Nullable Shortage shortage = hold.take(waiter);
      if (shortage == null) {
        took(caller, plan, tokens, waiter, now);
        tell(call, scopes, hold);
        return new Admission.Granted(hold);
      }
      if (!shortage.isGone()) {
        return refused(call, plan, scopes, shortage, waiter);
      }
    }
  }

  void took(Caller caller, @Nullable Plan plan, long tokens, @Nullable Waiter waiter, Moment now) {
    if (shares != null) {
      shares.took(caller, weight(plan), tokens, asksFirst(waiter), now.nanos());
    }
  }

  /** Each call asks once, however often it comes back. */
  private static boolean asksFirst(@Nullable Waiter waiter) {
    return waiter == null || waiter.asksFirst();
  }

  private static int weight(@Nullable Plan plan) {
    return plan == null ? 1 : plan.weight();
  }

  /** The route is scarce, and this caller has had more of it than others. */
  private Admission overShare(
      ModelCall call, @Nullable Plan plan, long tokens, @Nullable Waiter waiter, Moment now) {
    if (shares != null && asksFirst(waiter)) {
      shares.asked(call.caller(), weight(plan), tokens, now.nanos());
    }
    Admission.Refused why =
        new Admission.Refused(
            Scope.ROUTE,
            plan == null ? route : plan.name(),
            "share of weight " + weight(plan) + " of a scarce route",
            SHARE_WAIT);
    if (waiter != null && now.nanos() + SHARE_WAIT.toNanos() < waiter.until()) {
      waits(why, waiter);
      return new Admission.Later(why, SHARE_WAIT, new WaitingTurn(this, call, plan, waiter));
    }
    if (waiter != null) {
      waiter.leave();
    }
    return instead(plan, why);
  }

  /** However often it asks, a call waits once. */
  private void waits(Admission.Refused why, Waiter waiter) {
    if (waiter.isNews()) {
      book.tell(listener -> listener.onShortage(why.scope(), why.plan(), why.limit(), true));
    }
  }

  private Admission instead(@Nullable Plan plan, Admission.Full full) {
    book.tell(listener -> listener.onShortage(full.scope(), full.plan(), full.limit(), false));
    return rules.onExceeded(plan) instanceof OnExceeded.Degrade other
            && !other.route().equals(route)
        ? new Admission.Elsewhere(other.route(), full)
        : full;
  }

  /** What the engine calls this moment, by the ticker of the quotas. */
  long nanos(long now) {
    return isEnginesClock ? book.since(now) : book.now().nanos();
  }

  /**
   * A call that took so many tokens is over; what it used is learnt from, and told.
   *
   * @param at when it was let in
   * @param nanos now, by the ticker of the quotas
   */
  void ended(
      ModelCall call,
      ScopeLimits[] scopes,
      Moment at,
      Bill bill,
      long took,
      long tokens,
      long money,
      long nanos) {
    if (shares != null) {
      shares.settled(call.caller(), took, tokens, nanos);
    }
    appraiser.learn(call, bill);
    if (book.isHeard()) {
      UsageEvent event =
          new UsageEvent(
              Instant.ofEpochMilli(at.millis()),
              at.calendar().day(at),
              call.caller(),
              route,
              scopes.length == 0 || scopes[0].scope() != Scope.USER ? null : scopes[0].plan(),
              bill.charges(),
              took,
              tokens,
              money,
              bill.isEstimated());
      book.tell(listener -> listener.onUsage(event));
    }
  }

  Admission refused(
      ModelCall call,
      @Nullable Plan plan,
      ScopeLimits[] scopes,
      Shortage shortage,
      @Nullable Waiter waiter) {
    Admission.Full full = full(scopes[shortage.account()], shortage);
    if (full instanceof Admission.Refused why && waiter != null && shortage.mayWait()) {
      waits(why, waiter);
      return new Admission.Later(why, why.retryAfter(), new WaitingTurn(this, call, plan, waiter));
    }
    return instead(plan, full);
  }

  private static Admission.Full full(ScopeLimits scope, Shortage shortage) {
    String limit = scope.texts().get(shortage.meter());
    return shortage.isForEver()
        ? new Admission.NeverFits(scope.scope(), scope.plan(), limit)
        : new Admission.Refused(
            scope.scope(), scope.plan(), limit, Duration.ofNanos(shortage.waitNanos()));
  }

  /** Tells what limits have reached. */
  void tell(ModelCall call, ScopeLimits[] scopes, Claim claim) {
    List<Crossing> crossings = claim.crossings();
    for (int at = 0; at < crossings.size(); at++) {
      Crossing one = crossings.get(at);
      tell(call, scopes[one.account()], one.meter(), one.percent(), one.used());
    }
  }

  void tell(ModelCall call, ScopeLimits scope, int limit, int percent, long used) {
    QuotaEvent event =
        new QuotaEvent(
            scope.scope(), call.caller(), route, scope.plan(), scope.limit(limit), percent, used);
    book.tell(listener -> listener.onLimit(event));
  }

  /** How a caller stands with each limit over this route. */
  List<Standing> standings(Caller caller) {
    Moment now = book.now();
    List<Standing> standings = new ArrayList<>();
    for (ScopeLimits scope : scopes(caller, plans.planOf(caller))) {
      for (int meter = 0; meter < scope.limits().all().size(); meter++) {
        long used = book.used(scope, caller, meter, now);
        standings.add(new Standing(scope.scope(), scope.plan(), scope.limit(meter), used));
      }
    }
    return standings;
  }

  TokenWeights weights() {
    return rules.weights();
  }
}
