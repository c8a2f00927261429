package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.Nearest;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.StickyBy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads strategies by name: this library's, and the application's own beans. */
final class StrategyReader {

  private static final String DEFAULTS = "resilient.defaults";

  private final DefaultsProperties defaults;
  private final Map<String, RoutingStrategy> beans;
  private final Problems problems;
  private final Set<String> unused;

  /**
   * @param beans strategies of the application, by the names of the beans
   */
  StrategyReader(
      DefaultsProperties defaults, Map<String, RoutingStrategy> beans, Problems problems) {
    this.defaults = defaults;
    this.beans = beans;
    this.problems = problems;
    this.unused = new TreeSet<>(beans.keySet());
    if (defaults.strategy() != null) {
      find(DEFAULTS, defaults.strategy());
    }
  }

  /** The strategy of a route, or adaptive when what it names was reported. */
  RoutingStrategy read(String key, RouteProperties route) {
    @Nullable RoutingStrategy found =
        route.strategy() != null
            ? find(key, route.strategy())
            : defaults.strategy() != null ? find(DEFAULTS, defaults.strategy()) : null;
    if (found == null) {
      return Strategy.ADAPTIVE.recipe();
    }
    return is(Strategy.STICKY, route) ? Strategy.sticky(stickyBy(route)) : found;
  }

  private @Nullable RoutingStrategy find(String key, String text) {
    @Nullable RoutingStrategy bean = beans.get(text.strip());
    unused.remove(text.strip());
    @Nullable Strategy ours = ours(text);
    if (bean != null && ours != null) {
      problems.add(
          key + ".strategy",
          text,
          "is the name of a strategy and of a bean of type RoutingStrategy",
          "give the bean another name");
    } else if (bean == null && ours == null) {
      Map<String, RoutingStrategy> all = new LinkedHashMap<>();
      Arrays.stream(Strategy.values()).forEach(each -> all.put(name(each), each.recipe()));
      all.putAll(beans);
      problems.add(
          key + ".strategy",
          text,
          "is no strategy, and there is no bean of type RoutingStrategy of this name",
          "write one of "
              + String.join(", ", all.keySet())
              + Nearest.to(text, all.keySet())
                  .map(near -> "; did you mean '" + near + "'?")
                  .orElse(""));
    }
    return bean != null ? bean : ours == null ? null : ours.recipe();
  }

  /** Adds the beans that no route names. */
  void reportUnused() {
    for (String bean : unused) {
      problems.doubt(
          "resilient.defaults.strategy",
          null,
          "names no bean '" + bean + "' of type RoutingStrategy, and neither does any route",
          "write " + bean + " there or at a route's strategy, or take the bean out");
    }
  }

  /** The name of the strategy in force, and that it is a bean's. */
  String name(RouteSettings route) {
    String text = text(route);
    return beans.containsKey(text) ? "bean '" + text + "'" : text;
  }

  /** The name that is written, or the one of the strategy when nothing is. */
  String text(RouteSettings route) {
    return Objects.requireNonNullElse(
            route.strategy() == null ? defaults.strategy() : route.strategy(),
            name(Strategy.ADAPTIVE))
        .strip();
  }

  /** Whether the strategy in force is this one of the library's. */
  boolean is(Strategy strategy, RouteSettings route) {
    return ours(name(route)) == strategy;
  }

  /** Whether the strategy in force is one of the library's, or a bean's. */
  boolean isKnown(RouteSettings route) {
    return ours(name(route)) != null || beans.containsKey(text(route));
  }

  private StickyBy stickyBy(RouteSettings route) {
    @Nullable StickyBy by = route.stickyBy() == null ? defaults.stickyBy() : route.stickyBy();
    return by == null ? StickyBy.SESSION : by;
  }

  private static @Nullable Strategy ours(String text) {
    return Arrays.stream(Strategy.values())
        .filter(each -> plain(name(each)).equals(plain(text.strip())))
        .findFirst()
        .orElse(null);
  }

  private static String name(Strategy strategy) {
    return strategy.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Enumerations are read without regard to case, dashes and underscores, and so are these. */
  private static String plain(String text) {
    return text.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }
}
