package io.github.resilientchat.core.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Quotas by plan, kept in this process's memory. A user's own plan comes before the default plan; a
 * user with neither is not limited. Tokens are reserved as estimated and settled to input, cache
 * writes and output.
 *
 * <p>A user's account is forgotten only when it has been idle for the longest window, so idling
 * never refills faster than waiting. With more than the allowed number of users at a time, the
 * least used accounts are forgotten first.
 */
public final class PlanQuotas implements CallerQuotas {

  private static final String ANONYMOUS_KEY = "";

  private final @Nullable Plan defaultPlan;
  private final Map<String, Plan> planByUser = new HashMap<>();
  private final boolean anonymousAllowed;
  private final Ticker ticker;
  private final Cache<Key, LimitLedger> ledgers;

  private record Key(String plan, String user) {}

  /**
   * @param defaultPlan for users on no other plan, or null when they are not limited
   * @param plans plans of certain users; a user is on one plan at most
   * @param anonymous whether calls that name no user are refused or share one account
   * @param maxUsers the most accounts kept at a time
   */
  public PlanQuotas(
      @Nullable Plan defaultPlan,
      List<Plan> plans,
      AnonymousCallers anonymous,
      long maxUsers,
      Ticker ticker) {
    this.defaultPlan = defaultPlan;
    this.anonymousAllowed = anonymous == AnonymousCallers.SHARED;
    this.ticker = ticker;
    Duration idle = defaultPlan == null ? Duration.ZERO : defaultPlan.limits().longestWindow();
    for (Plan plan : plans) {
      idle = max(idle, plan.limits().longestWindow());
      plan.users().forEach(user -> assign(user, plan));
    }
    this.ledgers =
        Caffeine.newBuilder()
            .maximumSize(maxUsers)
            .expireAfterAccess(idle.plusMinutes(1))
            .ticker(ticker::nanos)
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Admission admit(ModelCall call) {
    Caller caller = call.caller();
    if (caller.isAnonymous() && !anonymousAllowed) {
      return Admission.NoCaller.INSTANCE;
    }
    String user = Optional.ofNullable(caller.user()).orElse(ANONYMOUS_KEY);
    Plan plan = planByUser.getOrDefault(user, defaultPlan);
    if (plan == null) {
      return Admission.Unlimited.INSTANCE;
    }
    LimitLedger ledger = ledgerOf(new Key(plan.name(), user), plan);
    LimitLedger.Decision decision = ledger.tryReserve(call.estimate().total());
    return decision instanceof LimitLedger.Full full
        ? refused(plan, full)
        : new Admission.Granted((Reservation) decision);
  }

  private LimitLedger ledgerOf(Key key, Plan plan) {
    LimitLedger known = ledgers.getIfPresent(key);
    if (known != null) {
      return known;
    }
    LimitLedger made = new LimitLedger(plan.limits(), ticker);
    LimitLedger first = ledgers.asMap().putIfAbsent(key, made);
    return first == null ? made : first;
  }

  private static Admission refused(Plan plan, LimitLedger.Full full) {
    // A concurrency limit opens when any running call ends; nobody can know when.
    Duration wait = full.retryAfter() == null ? Duration.ofSeconds(1) : full.retryAfter();
    return new Admission.Refused(plan.name(), full.limit().toString(), wait);
  }

  private void assign(String user, Plan plan) {
    Plan other = planByUser.put(user, plan);
    if (other != null) {
      throw new IllegalArgumentException(
          "user '" + user + "' is on two plans: " + other.name() + " and " + plan.name());
    }
  }

  private static Duration max(Duration left, Duration right) {
    return left.compareTo(right) >= 0 ? left : right;
  }
}
