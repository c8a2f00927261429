package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.core.route.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A route as it is in force: its targets, its settings, and where each value comes from. What the
 * log says at the start, as a value.
 *
 * @param route name of the route
 * @param isDefault whether requests that name no route use it
 * @param targets in the order of their tiers
 * @param settings of the route itself, named as the properties below a route are
 */
public record RoutePlan(
    String route, boolean isDefault, List<PlannedTarget> targets, List<Setting> settings) {

  /**
   * A value in force.
   *
   * @param value as a property would say it
   * @param source group of properties that says it, such as {@code resilient.defaults}, or {@link
   *     #UNSET}
   */
  public record Setting(String name, String value, String source) {}

  /**
   * A target of the route.
   *
   * @param tier counted from 1; a later one is used when none before can answer
   * @param settings its model, Region, account, weight and limits; of limits one for each group
   *     that says some, its own first
   */
  public record PlannedTarget(int tier, Target target, List<Setting> settings) {

    public PlannedTarget {
      settings = List.copyOf(settings);
    }

    /** The setting of this name. */
    public Setting setting(String name) {
      return find(settings, name);
    }
  }

  /** Source of a value that nothing says. */
  public static final String UNSET = "not set";

  public RoutePlan {
    targets = List.copyOf(targets);
    settings = List.copyOf(settings);
  }

  /** The setting of this name, such as {@code retry.max-attempts}. */
  public Setting setting(String name) {
    return find(settings, name);
  }

  private static Setting find(List<Setting> settings, String name) {
    return settings.stream()
        .filter(setting -> setting.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no setting "
                        + name
                        + " among "
                        + settings.stream().map(Setting::name).toList()));
  }

  /** On several lines, a line for each target and each source of settings. */
  public String describe() {
    StringBuilder text = new StringBuilder("route '").append(route).append('\'');
    text.append(isDefault ? ", the default:" : ":");
    for (PlannedTarget each : targets) {
      text.append("\n  tier ").append(each.tier()).append("  ").append(each.target().name());
      bySource(each.settings())
          .forEach(
              (source, values) -> text.append("  ").append(source).append(": ").append(values));
    }
    bySource(settings)
        .forEach(
            (source, values) -> text.append("\n  ").append(source).append(": ").append(values));
    return text.toString();
  }

  /** The same as maps, lists, texts and numbers, for whatever shows it. */
  public Map<String, Object> asMap() {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("name", route);
    plan.put("isDefault", isDefault);
    plan.put("settings", asMap(settings));
    plan.put(
        "targets",
        targets.stream()
            .map(
                each ->
                    Map.of(
                        "name",
                        each.target().name(),
                        "tier",
                        each.tier(),
                        "settings",
                        asMap(each.settings())))
            .toList());
    return plan;
  }

  private static Map<String, Object> asMap(List<Setting> settings) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Setting each : settings) {
      String name =
          all.containsKey(each.name()) ? each.name() + " of " + each.source() : each.name();
      all.put(name, Map.of("value", each.value(), "source", each.source()));
    }
    return all;
  }

  private static Map<String, String> bySource(List<Setting> settings) {
    return settings.stream()
        .collect(
            Collectors.groupingBy(
                Setting::source,
                LinkedHashMap::new,
                Collectors.mapping(
                    setting -> setting.name() + "=" + setting.value(), Collectors.joining(" "))));
  }
}
