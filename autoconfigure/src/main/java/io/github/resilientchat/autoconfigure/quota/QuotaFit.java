package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.quota.Limits;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds limits that do not fit the routes they hold for. Tokens: the answer that a route allows
 * every request which sets no limit itself is reserved in full, and alone is more than the limit.
 * Money: nobody knows what a target's calls cost.
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
      if (limit.unit().measure() == Limit.Measure.MONEY) {
        over.stream().sorted().forEach(route -> requirePrices(key, limit, route));
      }
      if (limit.unit().measure() == Limit.Measure.TOKENS && limit.amount() > 0) {
        new TreeMap<>(routes.answers())
            .entrySet().stream()
                .filter(answer -> over.contains(answer.getKey()))
                .filter(answer -> answer.getValue() >= limit.amount())
                .findFirst()
                .ifPresent(answer -> doubt(key, limit, answer));
      }
    }
  }

  private void requirePrices(String key, Limit limit, String route) {
    List<String> unpriced = routes.unpriced().getOrDefault(route, List.of());
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

  private void doubt(String key, Limit limit, Map.Entry<String, Integer> answer) {
    problems.doubt(
        key,
        limit.toString(),
        "fits no call over route '%s' that sets no limit itself: its answer may have %d tokens"
            .formatted(answer.getKey(), answer.getValue()),
        "raise it, or lower the max-tokens of the route's models");
  }
}
