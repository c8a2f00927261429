package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.route.RoutePlan.PlannedTarget;
import io.github.resilientchat.autoconfigure.route.RoutePlan.Setting;
import io.github.resilientchat.bedrock.QuotaKey;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.SharedLimits;
import io.github.resilientchat.core.route.StickyBy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Tells what is in force over a route, and which property says so. */
final class RoutePlanner {

  /** Where a leaf is written, and what it comes to. */
  private record Leaf(
      String name,
      Function<RouteSettings, @Nullable Object> written,
      Function<RoutePolicy, @Nullable Object> inForce) {}

  private static final List<Leaf> LEAVES =
      List.of(
          new Leaf("timeout", RouteSettings::timeout, RoutePolicy::timeout),
          new Leaf("attempt-timeout", RouteSettings::attemptTimeout, RoutePolicy::attemptTimeout),
          new Leaf(
              "first-token-timeout",
              RouteSettings::firstTokenTimeout,
              RoutePolicy::firstTokenTimeout),
          new Leaf("idle-timeout", RouteSettings::idleTimeout, RoutePolicy::idleTimeout),
          new Leaf("max-wait", RouteSettings::maxWait, RoutePolicy::maxWait),
          new Leaf(
              "retry.max-attempts", s -> s.retry().maxAttempts(), p -> p.retry().maxAttempts()),
          new Leaf("retry.backoff", s -> s.retry().backoff(), p -> p.retry().backoff()),
          new Leaf("retry.max-backoff", s -> s.retry().maxBackoff(), p -> p.retry().maxBackoff()),
          new Leaf(
              "retry.budget-percent",
              s -> s.retry().budgetPercent(),
              p -> p.retry().budgetPercent()),
          new Leaf(
              "breaker.failure-rate",
              s -> s.breaker().failureRate(),
              p -> p.breaker().failureRate()),
          new Leaf(
              "breaker.minimum-calls",
              s -> s.breaker().minimumCalls(),
              p -> p.breaker().minimumCalls()),
          new Leaf("breaker.window", s -> s.breaker().window(), p -> p.breaker().window()),
          new Leaf("breaker.open-for", s -> s.breaker().openFor(), p -> p.breaker().openFor()),
          new Leaf(
              "breaker.half-open-calls",
              s -> s.breaker().halfOpenCalls(),
              p -> p.breaker().halfOpenCalls()),
          new Leaf("hedge.after", s -> s.hedge().after(), p -> p.hedge().after()),
          new Leaf("hedge.max-percent", s -> s.hedge().maxPercent(), p -> p.hedge().maxPercent()),
          new Leaf("fast-within", RouteSettings::fastWithin, RoutePolicy::fastWithin),
          new Leaf("max-duration", RouteSettings::maxDuration, RoutePolicy::maxDuration),
          new Leaf("requires", RouteSettings::requires, RoutePolicy::requires),
          new Leaf("resume", RouteSettings::resume, RoutePolicy::resume),
          new Leaf("fallback-on", RouteSettings::fallbackOn, p -> p.failures().fallbackOn()),
          new Leaf(
              "max-retry-after", RouteSettings::maxRetryAfter, p -> p.failures().maxRetryAfter()));

  private static final String LIMITS = "limits";

  /** Of an option that the target or its model says. */
  private static final String OF_TARGET = "";

  private final String unwritten;
  private final @Nullable RouteSettings defaults;
  private final BiFunction<Target, SharedLimits, String> shared;

  /** For routes that no property describes. */
  RoutePlanner(String source) {
    this.unwritten = source;
    this.defaults = null;
    this.shared = (target, limits) -> source;
  }

  /**
   * @param shared which group of properties says what limits a target shares with others
   */
  RoutePlanner(RouteSettings defaults, BiFunction<Target, SharedLimits, String> shared) {
    this.unwritten = RoutePlan.UNSET;
    this.defaults = defaults;
    this.shared = shared;
  }

  /** Of a route that no property describes. */
  RoutePlan plan(Route route, boolean isDefault) {
    List<Setting> settings = new ArrayList<>();
    for (Leaf leaf : LEAVES) {
      add(settings, leaf.name(), leaf.inForce().apply(route.policy()), unwritten);
    }
    return new RoutePlan(
        route.name(), isDefault, targets(route, Map.of(), target -> List.of()), settings);
  }

  /**
   * Of a route of the properties.
   *
   * @param own what it says itself
   * @param strategy in force
   * @param sources of the settings of its targets, by target and setting
   */
  RoutePlan plan(
      Route route,
      boolean isDefault,
      RouteProperties own,
      String strategy,
      Map<String, Map<String, String>> sources,
      ConfiguredRoutes routes) {
    List<Setting> settings = new ArrayList<>();
    add(settings, "strategy", strategy, source(route, own, RouteSettings::strategy));
    for (Leaf leaf : LEAVES) {
      add(
          settings,
          leaf.name(),
          leaf.inForce().apply(route.policy()),
          source(route, own, leaf.written()));
    }
    List<String> residency =
        own.residency() != null || defaults == null ? own.residency() : defaults.residency();
    StickyBy sticky =
        own.stickyBy() != null || defaults == null ? own.stickyBy() : defaults.stickyBy();
    add(settings, "sticky-by", sticky, source(route, own, RouteSettings::stickyBy));
    List<QuotaKey.Family> families =
        own.families() != null || defaults == null ? own.families() : defaults.families();
    add(settings, "families", families, source(route, own, RouteSettings::families));
    add(settings, "residency", residency, source(route, own, RouteSettings::residency));
    add(
        settings,
        LIMITS,
        own.limits(),
        own.limits().isEmpty() ? unwritten : "resilient.routes." + route.name());
    return new RoutePlan(
        route.name(), isDefault, targets(route, sources, options(route, own, routes)), settings);
  }

  private String source(
      Route route, RouteSettings own, Function<RouteSettings, @Nullable Object> written) {
    if (written.apply(own) != null) {
      return "resilient.routes." + route.name();
    }
    return defaults != null && written.apply(defaults) != null ? "resilient.defaults" : unwritten;
  }

  /**
   * Options of requests that do not say them, as each target gets them, and which group says so.
   */
  private Function<Target, List<Setting>> options(
      Route route, RouteSettings own, ConfiguredRoutes routes) {
    return target -> {
      List<Setting> settings = new ArrayList<>();
      Map<String, Object> ofTarget = routes.settings(target).options().said();
      routes
          .options(route, target)
          .said()
          .forEach(
              (name, value) ->
                  add(
                      settings,
                      name,
                      value,
                      ofTarget.containsKey(name)
                          ? OF_TARGET
                          : own.options().said().containsKey(name)
                              ? "resilient.routes." + route.name()
                              : "resilient.defaults"));
      return settings;
    };
  }

  private List<PlannedTarget> targets(
      Route route,
      Map<String, Map<String, String>> sources,
      Function<Target, List<Setting>> options) {
    List<PlannedTarget> planned = new ArrayList<>();
    int tier = 0;
    for (Route.Tier each : route.tiers()) {
      tier++;
      for (Target target : each.targets()) {
        Map<String, String> from = sources.getOrDefault(target.name(), Map.of());
        List<Setting> settings = new ArrayList<>();
        values(target)
            .forEach(
                (name, value) -> add(settings, name, value, from.getOrDefault(name, unwritten)));
        limits(target, from.getOrDefault(LIMITS, unwritten), settings);
        for (Setting option : options.apply(target)) {
          settings.add(
              option.source().equals(OF_TARGET)
                  ? new Setting(
                      option.name(), option.value(), from.getOrDefault(option.name(), unwritten))
                  : option);
        }
        planned.add(new PlannedTarget(tier, target, settings));
      }
    }
    return planned;
  }

  private static Map<String, Object> values(Target target) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("model", target.model());
    values.put("region", target.region());
    values.put("account", target.account());
    values.put("weight", target.weight());
    return values;
  }

  /** Its own, and those of the quota and of the account that it draws on. */
  private void limits(Target target, String own, List<Setting> settings) {
    if (!target.limits().isEmpty() || target.shared().isEmpty()) {
      String limits = target.limits().toString();
      add(settings, LIMITS, limits.isEmpty() ? null : limits, own);
    }
    target
        .shared()
        .forEach(each -> add(settings, LIMITS, each.limits(), shared.apply(target, each)));
  }

  private static void add(
      List<Setting> settings, String name, @Nullable Object value, String source) {
    settings.add(new Setting(name, text(value), source));
  }

  private static String text(@Nullable Object value) {
    if (value instanceof Duration time) {
      return TimeText.of(time);
    }
    if (value instanceof Iterable<?> several) {
      String all =
          StreamSupport.stream(several.spliterator(), false)
              .map(RoutePlanner::text)
              .sorted()
              .collect(Collectors.joining(","));
      return all.isEmpty() ? "none" : all;
    }
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
    return Objects.toString(value, "none");
  }
}
