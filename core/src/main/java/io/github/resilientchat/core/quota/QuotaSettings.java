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
  boolean warns = true;
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

  /** Limits that never show are likely not meant. */
  void warnOfWideLimits() {
    for (WideLimit wide : warns ? WideLimits.of(this) : List.<WideLimit>of()) {
      LOG.warn(
          "limit {} of each user on plan {} is above {} of {} as a whole, so no user there ever gets"
              + " to it; lower it, or raise the tenant's",
          wide.limit(),
          wide.plan(),
          wide.ofTenant(),
          wide.tenantPlan() == null ? "a tenant" : "a tenant on plan " + wide.tenantPlan());
    }
  }
}
