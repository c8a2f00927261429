package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.internal.time.Wake;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What quotas are built from. A builder fills it in; what is built keeps nothing of it that a
 * builder still changes.
 */
final class QuotaSettings {

  private static final Logger LOG =
      LoggerFactory.getLogger("io.github.resilientchat.core.quota.PlanQuotas");

  @Nullable Plan everyone;
  List<Plan> plans = List.of();
  Limits tenantLimits = Limits.NONE;
  Limits applicationLimits = Limits.NONE;
  final Map<String, Limits> routeLimits = new HashMap<>();
  AnonymousCallers anonymous = AnonymousCallers.DENY;
  OnExceeded onExceeded = OnExceeded.Reject.INSTANCE;
  TokenWeights weights = TokenWeights.DEFAULTS;
  boolean fairShares = true;
  final List<QuotaListener> listeners = new ArrayList<>();
  long maxAccounts = 100_000;
  ZoneId zone = ZoneOffset.UTC;
  Ticker ticker = Ticker.system();
  InstantSource clock = InstantSource.system();
  @Nullable SharedStore store;
  Wake wake = Wake.system();

  /** All plans, the one for everybody else last. */
  List<Plan> everyPlan() {
    return Stream.concat(plans.stream(), Stream.ofNullable(everyone)).toList();
  }

  /** A limit of a user that is above the tenant's never shows. */
  void warnOfWideLimits() {
    for (Plan plan : everyPlan()) {
      for (Limit limit : plan.limits().all()) {
        Limits whole = plan.tenantLimits().isEmpty() ? tenantLimits : plan.tenantLimits();
        @Nullable Limit enclosing = whole.of(limit.unit());
        if (enclosing != null && enclosing.amount() < limit.amount()) {
          LOG.warn(
              "limit {} of each user on plan {} is above {} of a tenant as a whole, so no user"
                  + " ever gets there; lower it, or raise the tenant's",
              limit,
              plan.name(),
              enclosing);
        }
      }
    }
  }
}
