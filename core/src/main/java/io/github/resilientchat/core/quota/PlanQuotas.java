package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.internal.time.Wake;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Quotas by plan, kept in this process's memory or in a store that instances share. A call counts
 * on the account of its user, its tenant, its route and the application, as far as they have
 * limits: on all of them or on none, in one step. A user is the pair of tenant and user. What a
 * call may use is reserved before it, and replaced by what it used after it.
 *
 * <p>No window of a limit's length ever holds more than the limit, but for calls that used more
 * than they reserved: that is a debt, which is paid before anything else passes. Minutes and hours
 * slide; days, months and all money follow the calendar. An account is forgotten only when nothing
 * would be forgotten by it; when there are as many as may be kept, newcomers share one.
 *
 * <p>Where a route's targets are near their limits, what is left is shared: by the weights of
 * plans, among tenants and users of no tenant. Who has had more than her share waits for those who
 * have not, as her plan says of calls over a limit.
 *
 * <p>Defaults of {@link #builder}: no limits, fair shares, anonymous calls are denied, 100,000
 * accounts, days in UTC, Bedrock's weights of tokens, calls that do not fit are refused, nobody is
 * told, the system's clocks.
 */
public final class PlanQuotas implements CallerQuotas, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PlanQuotas.class);

  private final PlanBook plans;
  private final QuotaBook book;
  private final BoundRoutes routes;

  private PlanQuotas(QuotaSettings settings) {
    plans = new PlanBook(settings);
    book = new QuotaBook(settings);
    routes = new BoundRoutes(plans, book, settings);
    settings.warnOfWideLimits();
    LOG.info(
        "limits of days and months, and all in money, begin anew in the zone {}", settings.zone);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A call over no route in particular: limits of routes and plans for them do not hold. */
  @Override
  public Admission admit(ModelCall call) {
    return routes.none().admit(call);
  }

  @Override
  public CallerQuotas over(Tariff tariff) {
    return over(tariff, Scarcity.NEVER);
  }

  @Override
  public CallerQuotas over(Tariff tariff, Scarcity scarcity) {
    return over(tariff, scarcity, null);
  }

  @Override
  public CallerQuotas over(Tariff tariff, Scarcity scarcity, @Nullable Ticker engines) {
    return routes.bind(tariff, scarcity, engines);
  }

  /**
   * Under a limit in money each target has prices, or nobody knew what its calls cost.
   *
   * @throws IllegalArgumentException that names the targets without prices and the limits in money
   */
  public void requirePrices(Tariff tariff) {
    book.limits().requirePrices(tariff);
  }

  /** How a caller stands with each limit that calls over this route are held to, debts included. */
  public List<Standing> standings(Caller caller, String route) {
    return routes.over(route).standings(caller);
  }

  /** All plans, the one for everybody else last, with the limits that hold now. */
  public List<Plan> plans() {
    return plans.shown();
  }

  /** The name of the plan that a caller is on over a route; empty for none. */
  public Optional<String> planOf(Caller caller, String route) {
    return Optional.ofNullable(plans.over(route).planOf(caller)).map(Plan::name);
  }

  /** Every limit that somebody is held to. */
  public List<HeldLimits> limits() {
    return book.limits().held();
  }

  /**
   * Other amounts, while calls are counted: what is used stays used, and who has used more than a
   * lowered limit waits until that is paid. What is counted, and for whom, stays as it was.
   *
   * @param wanted the quotas that somebody wants
   * @param dryRun whether nothing is to change
   * @return the limits that change, as they will be
   * @throws IllegalArgumentException if more than amounts differs; says what, and nothing has
   *     changed
   */
  public List<HeldLimits> amend(Builder wanted, boolean dryRun) {
    return new Amendment(book, plans, wanted.settings).made(dryRun);
  }

  /** Whether anybody is held to a limit, or anonymous callers are denied. */
  public boolean areLimiting() {
    return book.limits().hasLimits() || !routes.rules().anonymousAllowed();
  }

  /**
   * Forgets everything, as tests want it that share these quotas: nobody has used or owes anything,
   * amounts are those that they were built with, and calls have taught nothing about sizes. Calls
   * under way still count as such. A store that instances share stays as it is.
   */
  public void startOver() {
    book.startOver();
    plans.startOver();
  }

  /** How many accounts of users and tenants are kept now. */
  public long accounts() {
    return book.kept();
  }

  /** How the store is doing that instances share; empty when this instance has its own accounts. */
  public Optional<StoreState> store() {
    return Optional.ofNullable(book.shared()).map(SharedQuotas::state);
  }

  /** Lets go of the store that instances share, if there is one. */
  @Override
  public void close() {
    @Nullable SharedQuotas shared = book.shared();
    if (shared != null) {
      shared.close();
    }
  }

  /** Builds quotas; see {@link PlanQuotas} for the defaults. */
  public static final class Builder {
    private final QuotaSettings settings = new QuotaSettings();

    private Builder() {}

    /** The plan of users on no other one; they are not limited without it. */
    public Builder everyone(@Nullable Plan value) {
      settings.everyone = value;
      return this;
    }

    /** What each user on no other plan may use, as the plan {@code default}. */
    public Builder limits(Limits value) {
      return everyone(value.isEmpty() ? null : Plan.named("default").limits(value).build());
    }

    /** Plans; a group's is the first of those that name one of the user's groups. */
    public Builder plans(List<Plan> value) {
      settings.plans = List.copyOf(value);
      return this;
    }

    public Builder plans(Plan... value) {
      return plans(List.of(value));
    }

    /** All plans, the one for everybody else last. */
    public List<Plan> everyPlan() {
      return settings.everyPlan();
    }

    /** What each tenant may use as a whole, unless a plan says so for it. */
    public Builder tenantLimits(Limits value) {
      settings.tenantLimits = value;
      return this;
    }

    /** What all calls together may use. */
    public Builder applicationLimits(Limits value) {
      settings.applicationLimits = value;
      return this;
    }

    /** What all calls over a route may use together. */
    public Builder routeLimits(String route, Limits value) {
      settings.routeLimits.put(route, value);
      return this;
    }

    /** Whether calls that name no user are refused or share one account. */
    public Builder anonymous(AnonymousCallers value) {
      settings.anonymous = value;
      return this;
    }

    /** What becomes of calls that do not fit, where their plan does not say. */
    public Builder onExceeded(OnExceeded value) {
      settings.onExceeded = value;
      return this;
    }

    public Builder weights(TokenWeights value) {
      settings.weights = value;
      return this;
    }

    /** Whether what a scarce route has left is shared by the weights of plans. */
    public Builder fairShares(boolean value) {
      settings.fairShares = value;
      return this;
    }

    /** The most accounts of users and tenants that are kept at a time. */
    public Builder maxAccounts(long value) {
      if (value < 1) {
        throw new IllegalArgumentException("at least one account must be kept: " + value);
      }
      settings.maxAccounts = value;
      return this;
    }

    /** Where days, months and hours of money begin. */
    public Builder zone(ZoneId value) {
      settings.zone = value;
      return this;
    }

    public Builder ticker(Ticker value) {
      settings.ticker = value;
      return this;
    }

    /** The wall clock that the calendar is read from. */
    public Builder clock(InstantSource value) {
      settings.clock = value;
      return this;
    }

    /** Keeps the accounts in a store that instances share, rather than in this one's memory. */
    public Builder store(@Nullable SharedStore value) {
      settings.store = value;
      return this;
    }

    Builder wake(Wake value) {
      settings.wake = value;
      return this;
    }

    /** Adds somebody who is told what callers use. */
    public Builder listener(QuotaListener value) {
      settings.listeners.add(value);
      return this;
    }

    /** Limits of users that never show, because a tenant as a whole has less. */
    public List<WideLimit> wideLimits() {
      return WideLimits.of(settings);
    }

    /** Whether {@link #wideLimits} are logged when the quotas are built; they are by default. */
    public Builder warns(boolean value) {
      settings.warns = value;
      return this;
    }

    /**
     * @throws IllegalArgumentException if a user, group or tenant is on two plans
     */
    public void check() {
      PlanTable.check(settings.plans);
    }

    /**
     * @throws IllegalArgumentException if a user, group or tenant is on two plans
     */
    public PlanQuotas build() {
      return new PlanQuotas(settings);
    }

    /** Whether anybody would be held to a limit. */
    public boolean hasLimits() {
      return new ScopeTable(settings).hasLimits();
    }
  }
}
