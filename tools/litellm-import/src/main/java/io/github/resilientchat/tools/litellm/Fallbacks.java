package io.github.resilientchat.tools.litellm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which model groups LiteLLM falls back on, and why. */
final class Fallbacks {

  private final Map<String, Set<String>> byGroup = new LinkedHashMap<>();
  private final Map<String, Set<String>> reasons = new LinkedHashMap<>();
  private final List<String> otherwise;
  private final Set<String> all = new LinkedHashSet<>();

  Fallbacks(Map<String, Object> settings, List<String> notes) {
    read(settings.get("fallbacks"), "");
    read(settings.get("context_window_fallbacks"), "too-long");
    read(settings.get("content_policy_fallbacks"), "filtered");
    otherwise = texts(settings.get("default_fallbacks"));
    all.addAll(otherwise);
    if (settings.containsKey("context_window_fallbacks")
        || settings.containsKey("content_policy_fallbacks")) {
      notes.add(
          "fallbacks for one reason alone are fallbacks here: they are used for whatever moves a"
              + " call, and fallback-on adds their reason");
    }
  }

  private void read(@Nullable Object value, String reason) {
    for (Object entry : Yaml.list(value)) {
      Yaml.map(entry)
          .forEach(
              (group, to) -> {
                Set<String> known = byGroup.computeIfAbsent(group, g -> new LinkedHashSet<>());
                known.addAll(texts(to));
                all.addAll(texts(to));
                if (!reason.isEmpty()) {
                  reasons.computeIfAbsent(group, g -> new LinkedHashSet<>()).add(reason);
                }
              });
    }
  }

  private static List<String> texts(@Nullable Object value) {
    List<String> texts = new ArrayList<>();
    for (Object each : Yaml.list(value)) {
      @Nullable String text = Yaml.text(each);
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  List<String> of(String group) {
    List<String> own = List.copyOf(byGroup.getOrDefault(group, Set.of()));
    List<String> of = own.isEmpty() ? otherwise : own;
    return of.stream().filter(other -> !other.equals(group)).toList();
  }

  List<String> reasons(String group) {
    return List.copyOf(reasons.getOrDefault(group, Set.of()));
  }

  /**
   * Whether others fall back on a group that falls back on none, and there are others to ask for.
   */
  boolean isOnlyAFallback(String group, Set<String> groups) {
    return all.contains(group)
        && !byGroup.containsKey(group)
        && !otherwise.contains(group)
        && groups.stream().anyMatch(other -> !all.contains(other));
  }
}
