package io.github.resilientchat.autoconfigure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A property as its metadata describe it.
 *
 * @param path below {@code resilient}; {@code *} stands for a name
 * @param type Java's
 * @param defaultValue as written, empty where there is none
 */
record DescribedKey(String path, String type, String defaultValue, String description) {

  private static final String PREFIX = "resilient.";
  private static final Pattern COLLECTION = Pattern.compile("java\\.util\\.(?:List|Set)<(.+)>");
  private static final String MAP = "java.util.Map<java.lang.String,";

  /** Units of numbers by the ends of their keys. */
  private static final Map<String, String> UNITS =
      Map.ofEntries(
          Map.entry("-percent", "%"),
          Map.entry("temperature", "0 to 2"),
          Map.entry("top-p", "0 to 1"),
          Map.entry("failure-rate", "%"),
          Map.entry("-price", "US dollars per million tokens"),
          Map.entry("-tokens", "tokens"),
          Map.entry("context-window", "tokens"),
          Map.entry("output-burndown", "tokens of quota"),
          Map.entry("-calls", "calls"),
          Map.entry("max-attempts", "attempts"),
          Map.entry("port", "a TCP port"),
          Map.entry("weight", "shares"),
          Map.entry("tier", "counted from 1"),
          Map.entry("seed", "any"),
          Map.entry("reset-guard", "streams in 30 s"),
          Map.entry("decisions.keep", "reports"),
          Map.entry("max-keys", "users"),
          Map.entry("-instances", "instances"));

  /** Every property that has a value, by its path. */
  static Map<String, DescribedKey> all() {
    Map<String, DescribedKey> keys = new TreeMap<>();
    for (JsonNode node : Metadata.read().get("properties")) {
      // Those of the endpoint are the actuator's, and below management.
      if (!node.get("name").asText().startsWith(PREFIX)) {
        continue;
      }
      String type = node.path("type").asText();
      String name = node.get("name").asText();
      if (!name.startsWith(PREFIX)) {
        // Spring Boot's, that switch something of ours.
        continue;
      }
      String path = name.substring(PREFIX.length());
      boolean map = type.startsWith(MAP);
      String value = type;
      while (value.startsWith(MAP)) {
        value = value.substring(MAP.length(), value.length() - 1);
        path += ".*";
      }
      if (!map || value.startsWith("java.lang.")) {
        DescribedKey key =
            new DescribedKey(
                path, value, node.path("defaultValue").asText(), node.path("description").asText());
        keys.put(key.path(), key);
      }
    }
    return keys;
  }

  /** The group directly below the prefix, or {@code top}. */
  String group() {
    return path.contains(".") ? path.substring(0, path.indexOf('.')) : "top";
  }

  /** Whether it says what happens where nothing is set. */
  boolean tellsOfAbsence(Set<String> paths) {
    return !defaultValue.isEmpty()
        || overridden(paths) != null
        || Stream.of("Required.", "when not set", "When not set")
            .anyMatch(description.replaceAll("\\s+", " ")::contains);
  }

  /** The path of the property that holds where this one is not set, or null. */
  String overridden(Set<String> paths) {
    return candidates().filter(paths::contains).findFirst().orElse(null);
  }

  private Stream<String> candidates() {
    if (path.startsWith("routes.*.") || path.startsWith("targets.*.")) {
      return Stream.of("defaults" + path.substring(path.indexOf("*.") + 1));
    }
    if (path.startsWith("quotas.plans.*.")) {
      String leaf = path.substring("quotas.plans.*.".length());
      return Stream.of("quotas." + leaf, "quotas.default." + leaf);
    }
    return path.equals("accounts.*.endpoints.*") ? Stream.of("accounts.*.endpoint") : Stream.of();
  }

  /** Type and unit in words. */
  String words() {
    Matcher collection = COLLECTION.matcher(type);
    return collection.matches() ? "list: " + words(collection.group(1)) : words(type);
  }

  private String words(String single) {
    return switch (single) {
      case "java.lang.String" -> "text";
      case "java.nio.file.Path" -> "path of a file";
      case "java.lang.Boolean" -> "`true`, `false`";
      case "java.time.Duration" -> "time";
      case "java.time.ZoneId" -> "time zone";
      case "java.lang.Integer", "java.lang.Long" -> "whole number, " + unit();
      case "java.lang.Double" -> "number, " + unit();
      default -> constants(single);
    };
  }

  private String unit() {
    return UNITS.entrySet().stream()
        .filter(unit -> path.endsWith(unit.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError("resilient." + path + " has no unit"));
  }

  private static String constants(String name) {
    try {
      return Stream.of(Class.forName(name).getEnumConstants())
          .map(each -> "`" + each.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
          .collect(Collectors.joining(", "));
    } catch (ClassNotFoundException e) {
      throw new AssertionError("no words for the type " + name, e);
    }
  }

  /** Groups in the order in which they are looked for. */
  static List<String> groups() {
    return List.of("top", "routes", "defaults", "targets", "models", "accounts", "quotas");
  }
}
