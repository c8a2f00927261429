package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.route.ModelReader.Model;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells which group of properties says what of a target. */
final class TargetSources {

  private final DefaultsProperties defaults;

  TargetSources(DefaultsProperties defaults) {
    this.defaults = defaults;
  }

  /** Of a named target. */
  Map<String, String> of(String key, TargetProperties own, Model model) {
    Map<String, String> sources = place(key, own.region() != null, own.account() != null, model);
    own.options().said().keySet().forEach(name -> sources.put(name, key));
    if (own.weight() != null) {
      sources.put("weight", key);
    }
    if (!own.limits().isEmpty()) {
      sources.put("limits", key);
    }
    return sources;
  }

  /**
   * Of a target that is written where a route lists it.
   *
   * @param list key of the list
   * @param model that it names, or null for a bean
   */
  Map<String, String> of(String list, TargetText written, @Nullable Model model) {
    return over(
        place(group(list), written.region() != null, written.account() != null, model),
        list,
        written);
  }

  /** With what a route's list says of a target beside its name. */
  static Map<String, String> over(Map<String, String> sources, String list, TargetText written) {
    Map<String, String> changed = new HashMap<>(sources);
    if (written.weight() != null) {
      changed.put("weight", group(list));
    }
    if (!written.limits().isEmpty()) {
      changed.put("limits", group(list));
    }
    return changed;
  }

  private Map<String, String> place(
      String own, boolean region, boolean account, @Nullable Model model) {
    String byDefault = "resilient.defaults";
    Map<String, String> sources = new HashMap<>();
    if (model != null && model.key() != null) {
      String ofModel = model.key();
      model.settings().options().said().keySet().forEach(name -> sources.put(name, ofModel));
    }
    sources.put("model", own);
    sources.put("region", region ? own : byDefault);
    sources.put(
        "account", account ? own : defaults.account() == null ? RoutePlan.UNSET : byDefault);
    return sources;
  }

  private static String group(String list) {
    return list.substring(0, list.lastIndexOf('.'));
  }
}
