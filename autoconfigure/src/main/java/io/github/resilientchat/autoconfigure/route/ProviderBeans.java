package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Nearest;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.IgnoreErrorsBindHandler;
import org.springframework.core.env.Environment;

/**
 * Models of other providers that routes list as {@code bean:<blocking>[/<streaming>]}. Each is the
 * routes' alone: nobody else is given it by its type, so that a framework that wires the only model
 * there is wires this library's.
 */
public final class ProviderBeans {

  static final String PREFIX = "bean:";

  private static final Logger LOG = LoggerFactory.getLogger(ProviderBeans.class);

  private final ListableBeanFactory beans;

  ProviderBeans(ListableBeanFactory beans) {
    this.beans = beans;
  }

  /** What a route's lists hold; the rest of a route is read elsewhere. */
  record Lists(@Nullable List<String> targets, @Nullable List<String> fallbacks) {}

  /** The names of all beans that routes list; what cannot be read is for others to report. */
  public static Set<String> namesIn(Environment environment) {
    Map<String, Lists> routes =
        Binder.get(environment)
            .bind(
                "resilient.routes",
                Bindable.mapOf(String.class, Lists.class),
                new IgnoreErrorsBindHandler())
            .orElse(Map.of());
    Set<String> names = new HashSet<>();
    for (@Nullable Lists lists : routes.values()) {
      if (lists == null) {
        continue;
      }
      addNames(lists.targets(), names);
      addNames(lists.fallbacks(), names);
    }
    return names;
  }

  private static void addNames(@Nullable List<String> texts, Set<String> names) {
    for (String text : texts == null ? List.<String>of() : TargetText.entries(texts)) {
      if (text.startsWith(PREFIX)) {
        names.addAll(List.of(text.substring(PREFIX.length()).split("[*(]")[0].split("/")));
      }
    }
  }

  /** Whether a target is a bean's. */
  public static boolean isMeant(Target target) {
    return target.model().startsWith(PREFIX);
  }

  /** The name of the bean that answers, blocking or streamed; empty when there is none for that. */
  private static Optional<String> name(Target target, boolean ofStreams) {
    String[] both = target.model().substring(PREFIX.length()).split("/");
    return ofStreams && both.length < 2 ? Optional.empty() : Optional.of(both[ofStreams ? 1 : 0]);
  }

  /**
   * The model behind a target.
   *
   * @param ofStreams whether the second bean is meant, where frameworks have two
   */
  public <T> T model(Target target, Class<T> type, boolean ofStreams) {
    return name(target, ofStreams).flatMap(name -> find(target, name, type)).orElseThrow();
  }

  /**
   * The route as a framework can serve it: without beans that are no model of this type.
   *
   * @param framework for the log
   * @return empty when nothing is left
   */
  public Optional<Route> usable(Route route, Class<?> type, boolean ofStreams, String framework) {
    if (route.targets().stream().noneMatch(ProviderBeans::isMeant)) {
      return Optional.of(route);
    }
    List<Route.Tier> tiers = new ArrayList<>();
    for (Route.Tier tier : route.tiers()) {
      List<Target> left =
          tier.targets().stream()
              .filter(
                  target -> !isMeant(target) || isUsable(route, target, type, ofStreams, framework))
              .toList();
      if (!left.isEmpty()) {
        tiers.add(new Route.Tier(left, tier.strategy()));
      }
    }
    return tiers.isEmpty()
        ? Optional.empty()
        : Optional.of(new Route(route.name(), tiers, route.policy()));
  }

  private boolean isUsable(
      Route route, Target target, Class<?> type, boolean ofStreams, String framework) {
    boolean usable =
        name(target, ofStreams).filter(name -> find(target, name, type).isPresent()).isPresent();
    LOG.info(
        "route {}: {} {} {} of {}",
        route.name(),
        target.name(),
        usable ? "is the last resort for" : "answers none of the",
        ofStreams ? "streams" : "calls",
        framework);
    return usable;
  }

  private <T> Optional<T> find(Target target, String name, Class<T> type) {
    if (!beans.containsBean(name)) {
      throw new InvalidConfigurationException(
          "resilient.routes",
          target.model(),
          "there is no bean '" + name + "'",
          Nearest.hint(name, Set.of(beans.getBeanDefinitionNames())));
    }
    Object bean = beans.getBean(name);
    Object model = bean instanceof ProviderModel hidden ? hidden.model() : bean;
    return type.isInstance(model) ? Optional.of(type.cast(model)) : Optional.empty();
  }
}
