package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.Quoted;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What requests are sent with where they do not say it themselves. A target's come before its
 * model's, those before its route's, and those before what holds for all routes. Thread-safe once
 * they are all said.
 *
 * @param <P> the framework's type of parameters or options
 */
public final class RequestDefaults<P> {

  /** What they are said for; the nearest to a call is the last. */
  private enum Of {
    ROUTE,
    MODEL,
    TARGET;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Name(Of of, String name) {}

  private final Function<P, @Nullable String> modelName;
  private final Map<Of, Map<String, P>> byName = new TreeMap<>();
  private final Set<Name> met = ConcurrentHashMap.newKeySet();
  private @Nullable P all;

  /**
   * @param modelName reads the model that parameters name, or null
   */
  public RequestDefaults(Function<P, @Nullable String> modelName) {
    this.modelName = modelName;
  }

  /**
   * For all routes. Here as below, no defaults may name a model.
   *
   * @throws IllegalArgumentException if they do
   */
  public void all(P value) {
    all = withoutModel(value);
  }

  public void route(String name, P value) {
    put(Of.ROUTE, name, value);
  }

  /**
   * For every target of a model.
   *
   * @param id as targets, or models that know it themselves, name it
   */
  public void model(String id, P value) {
    put(Of.MODEL, id, value);
  }

  /** For the targets of a name, in all routes. */
  public void target(String name, P value) {
    put(Of.TARGET, name, value);
  }

  private void put(Of of, String name, P value) {
    byName.computeIfAbsent(of, unused -> new TreeMap<>()).put(name, withoutModel(value));
  }

  private P withoutModel(P value) {
    @Nullable String model = modelName.apply(value);
    if (model != null) {
      throw new IllegalArgumentException(
          "defaults of requests name the model "
              + Quoted.of(model)
              + ", but a request's model name selects a route: leave it out, and see defaultRoute");
    }
    return value;
  }

  /**
   * What holds for a target of a route, the nearest last; none where nothing was said.
   *
   * @param ownModel the id that the target's model has by itself, or null
   */
  public List<P> of(Route route, Target target, @Nullable String ownModel) {
    List<P> said = new ArrayList<>();
    Stream.of(
            all,
            named(Of.ROUTE, route.name()),
            ownModel == null ? null : named(Of.MODEL, ownModel),
            named(Of.MODEL, target.model()),
            named(Of.TARGET, target.name()))
        .filter(Objects::nonNull)
        .forEach(each -> said.add(Objects.requireNonNull(each)));
    return said;
  }

  private @Nullable P named(Of of, String name) {
    @Nullable P value = byName.getOrDefault(of, Map.of()).get(name);
    if (value != null) {
      met.add(new Name(of, name));
    }
    return value;
  }

  /**
   * Nothing is ignored in silence.
   *
   * @throws IllegalArgumentException if something was said for a route, a model or a target that
   *     nobody has asked about
   */
  public void requireMet() {
    byName.forEach(
        (of, values) -> {
          for (String name : values.keySet()) {
            if (!met.contains(new Name(of, name))) {
              throw new IllegalArgumentException(
                  "there is no "
                      + of.word()
                      + " "
                      + Quoted.of(name)
                      + ", for which defaults of requests are given");
            }
          }
        });
  }
}
