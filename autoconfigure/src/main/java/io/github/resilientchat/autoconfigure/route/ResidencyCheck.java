package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.bedrock.Residency;
import io.github.resilientchat.core.route.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the targets of a route that may be served where its prompts must not be processed. */
final class ResidencyCheck {

  private final DefaultsProperties defaults;
  private final boolean later;
  private final Map<String, List<String>> byRoute = new HashMap<>();

  /**
   * @param later whether somebody finds out where profiles may be served whose ids do not tell
   */
  ResidencyCheck(DefaultsProperties defaults, boolean later) {
    this.defaults = defaults;
    this.later = later;
  }

  /** The residency of each route that has one. */
  Map<String, List<String>> byRoute() {
    return byRoute;
  }

  /** Targets and fallbacks alike, those of other routes that this one falls back to included. */
  void check(String name, RouteProperties route, List<Target> targets, Problems problems) {
    List<String> own = route.residency();
    List<String> parts = own == null ? defaults.residency() : own;
    if (parts == null || parts.isEmpty()) {
      return;
    }
    byRoute.put(name, parts);
    String key = (own == null ? "resilient.defaults" : "resilient.routes." + name) + ".residency";
    String text = String.join(", ", parts);
    problems
        .collect(() -> read(key, text, parts))
        .ifPresent(
            residency ->
                targets.stream()
                    .filter(
                        target ->
                            ProviderBeans.isMeant(target)
                                || !later
                                || !Residency.isUnknown(target.model(), target.region()))
                    .forEach(target -> check(key, text, name, residency, target, problems)));
  }

  private static Residency read(String key, String text, List<String> parts) {
    try {
      return Residency.of(parts);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationException(
          key,
          text,
          String.valueOf(e.getMessage()),
          "write areas and Regions, such as eu, eu-west-2");
    }
  }

  private static Optional<String> objection(Residency residency, Target target) {
    return ProviderBeans.isMeant(target)
        ? Optional.of("nobody knows where another provider processes prompts")
        : residency.objection(target.model(), target.region());
  }

  private static void check(
      String key,
      String text,
      String route,
      Residency residency,
      Target target,
      Problems problems) {
    objection(residency, target)
        .ifPresent(
            objection ->
                problems.add(
                    key,
                    text,
                    "route '%s' has the target %s, and %s"
                        .formatted(route, target.name(), objection),
                    "name a profile of that geography or a Region inside, or leave the target out"));
  }
}
