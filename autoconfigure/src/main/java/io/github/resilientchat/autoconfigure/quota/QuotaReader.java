package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.core.quota.AnonymousCallers;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.OnExceeded;
import io.github.resilientchat.core.quota.Plan;
import io.github.resilientchat.core.quota.PlanQuotas;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what callers may use; reports all that is wrong with it at once. */
final class QuotaReader {

  private static final String QUOTAS = "resilient.quotas.";

  private final QuotasProperties properties;
  private final IdentityProperties identity;
  private final StoreProperties store;
  private final StoreReader stores;
  private final @Nullable QuotaRoutes routes;
  private final Problems problems = new Problems();

  /**
   * @param opener opens a store that instances share; null when there is none
   * @param routes all routes, or null when they are not known
   */
  QuotaReader(
      QuotasProperties properties,
      IdentityProperties identity,
      StoreProperties store,
      @Nullable StoreOpener opener,
      @Nullable QuotaRoutes routes) {
    this.properties = properties;
    this.identity = identity;
    this.store = store;
    this.stores = new StoreReader(store, opener);
    this.routes = routes;
  }

  /** Whether the properties say anything about callers. */
  boolean isSet() {
    return !properties.isEmpty()
        || identity.anonymous() != null
        || routes != null && routes.areLimited();
  }

  /**
   * The quotas, to be built.
   *
   * @throws InvalidConfigurationException with every problem of them
   */
  PlanQuotas.Builder read() {
    Limits everyone = limits("default.limits", properties.everyone().limits());
    Limits tenant = limits("tenant.limits", properties.tenant().limits());
    Limits application = limits("application.limits", properties.application().limits());
    PlanReader reader =
        new PlanReader(
            properties,
            routes == null ? null : routes.limits().keySet(),
            Set.copyOf(identity.groups()),
            problems);
    Optional<OnExceeded> onExceeded =
        problems
            .collect(
                () ->
                    Optional.ofNullable(
                        reader.onExceeded(QUOTAS + "on-exceeded", properties.onExceeded(), null)))
            .flatMap(read -> read);
    List<Plan> plans = new ArrayList<>();
    new TreeMap<>(properties.plans())
        .forEach(
            (name, plan) -> problems.collect(() -> reader.plan(name, plan)).ifPresent(plans::add));
    ZoneId zone = problems.collect(this::zone).orElse(ZoneOffset.UTC);
    stores.check(problems);
    problems.report();
    AnonymousCallers anonymous = identity.anonymous();
    PlanQuotas.Builder quotas =
        PlanQuotas.builder()
            .limits(everyone)
            .tenantLimits(tenant)
            .applicationLimits(application)
            .plans(plans)
            .zone(zone)
            .anonymous(anonymous == null ? AnonymousCallers.DENY : anonymous)
            .maxAccounts(store.maxKeys())
            .warns(false);
    onExceeded.ifPresent(quotas::onExceeded);
    if (routes != null) {
      routes.limits().forEach(quotas::routeLimits);
    }
    return build(quotas);
  }

  /**
   * The same, with their accounts where the properties say.
   *
   * @throws InvalidConfigurationException with every problem of them
   */
  PlanQuotas.Builder open() {
    PlanQuotas.Builder quotas = read();
    return quotas.store(stores.open(zone()).orElse(null));
  }

  /** What plans cannot be together is found where they are put together. */
  private PlanQuotas.Builder build(PlanQuotas.Builder quotas) {
    try {
      quotas.check();
      return quotas;
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationException(
          QUOTAS + "plans", null, String.valueOf(e.getMessage()), "keep each caller on one plan");
    }
  }

  private Limits limits(String key, List<String> text) {
    return problems.collect(() -> LimitText.parse(QUOTAS + key, text)).orElse(Limits.NONE);
  }

  private ZoneId zone() {
    String zone = properties.zone();
    if (zone == null || zone.isBlank()) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneId.of(zone.strip());
    } catch (DateTimeException e) {
      throw new InvalidConfigurationException(
          QUOTAS + "zone",
          zone,
          "is no zone that this Java knows",
          "write a name such as Europe/Berlin, an offset such as +02:00, or UTC");
    }
  }
}
