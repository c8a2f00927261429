package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.Tariff;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds limits that do not fit the routes they hold for: the answer that a route allows every
 * request which sets no limit itself is reserved in full, and alone is more than the limit, in
 * tokens or in money; or nobody knows what a target's calls cost.
 */
final class QuotaFit {

  private static final String QUOTAS = "resilient.quotas.";

  private final QuotasProperties properties;
  private final QuotaRoutes routes;
  private final Problems problems;
  private final Set<String> priced = new HashSet<>();

  QuotaFit(QuotasProperties properties, QuotaRoutes routes, Problems problems) {
    this.properties = properties;
    this.routes = routes;
    this.problems = problems;
  }

  /** Adds what cannot work or is likely not meant; what cannot be read is reported elsewhere. */
  void check() {
    Collection<String> all = routes.limits().keySet();
    check("default.limits", properties.everyone().limits(), all);
    check("tenant.limits", properties.tenant().limits(), all);
    check("application.limits", properties.application().limits(), all);
    new TreeMap<>(properties.plans())
        .forEach(
            (name, plan) -> {
              Collection<String> own = plan.routes().isEmpty() ? all : plan.routes();
              check("plans." + name + ".limits", plan.limits(), own);
              check("plans." + name + ".tenant-limits", plan.tenantLimits(), own);
            });
    new TreeMap<>(routes.limits())
        .forEach(
            (name, limits) -> check("resilient.routes." + name + ".limits", limits, List.of(name)));
  }

  private void check(String key, List<String> text, Collection<String> over) {
    new Problems()
        .collect(() -> LimitText.parse(QUOTAS + key, text))
        .ifPresent(limits -> check(QUOTAS + key, limits, over));
  }

  private void check(String key, Limits limits, Collection<String> over) {
    for (Limit limit : limits.all()) {
      List<String> routesOfIt = over.stream().sorted().toList();
      switch (limit.unit().measure()) {
        case MONEY -> {
          routesOfIt.forEach(route -> requirePrices(key, limit, route));
          doubt(key, limit, routesOfIt, this::costs);
        }
        case TOKENS -> doubt(key, limit, routesOfIt, this::tokens);
        default -> {
          // Any call is one request.
        }
      }
    }
  }

  /** 0 is meant to let nothing pass. */
  private void doubt(
      String key, Limit limit, List<String> over, Function<String, OptionalLong> least) {
    if (limit.amount() == 0) {
      return;
    }
    for (String route : over) {
      OptionalLong reserved = least.apply(route);
      if (reserved.isPresent() && reserved.getAsLong() > limit.amount()) {
        problems.doubt(
            key,
            limit.toString(),
            "fits no call over route '%s' that sets no limit itself: its answer may have %d tokens"
                    .formatted(route, routes.answers().get(route))
                + (limit.unit().measure() == Limit.Measure.MONEY
                    ? ", which cost up to " + dollars(reserved.getAsLong())
                    : ""),
            "raise it, or lower the max-tokens of the route's models");
        return;
      }
    }
  }

  /** What the shortest question and the longest answer are reserved as. */
  private OptionalLong tokens(String route) {
    @Nullable Integer answer = routes.answers().get(route);
    return answer == null ? OptionalLong.empty() : OptionalLong.of(1L + answer);
  }

  /** The same in billionths of a US dollar, at the dearest prices of the route's targets. */
  private OptionalLong costs(String route) {
    @Nullable Integer answer = routes.answers().get(route);
    @Nullable Tariff tariff = routes.tariffs().get(route);
    @Nullable Prices dearest = tariff == null ? null : tariff.dearest();
    return answer == null || dearest == null
        ? OptionalLong.empty()
        : OptionalLong.of(dearest.nanoUsdOf(Usage.of(1, answer)));
  }

  private static String dollars(long nanoUsd) {
    return BigDecimal.valueOf(nanoUsd, 9)
            .setScale(4, RoundingMode.CEILING)
            .stripTrailingZeros()
            .toPlainString()
        + " US dollars";
  }

  private void requirePrices(String key, Limit limit, String route) {
    @Nullable Tariff tariff = routes.tariffs().get(route);
    List<String> unpriced = tariff == null ? List.of() : tariff.unpriced();
    if (!unpriced.isEmpty() && priced.add(route)) {
      problems.add(
          "resilient.routes." + route + ".targets",
          null,
          "target %s has no prices, but %s=%s is in money"
              .formatted(String.join(", ", unpriced), key, limit),
          "name the model under resilient.models.<name> with an id, an input-price and an"
              + " output-price in US dollars per million tokens, or set no limit in money");
    }
  }
}
