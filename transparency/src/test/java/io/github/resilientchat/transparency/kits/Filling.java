package io.github.resilientchat.transparency.kits;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Fills a JSON schema with what is known of Klaus, by the names of its properties. */
final class Filling {

  private static final Map<String, String> KNOWN =
      Map.ofEntries(
          Map.entry("married", "false"),
          Map.entry("maritalStatus", "\"SINGLE\""),
          Map.entry("favouriteColors", "[\"orange\",\"green\"]"),
          Map.entry("pets", "[{\"name\":\"Peanut\"},{\"name\":\"Muffin\"}]"),
          Map.entry("groups", "[\"A\",\"C\"]"),
          Map.entry("shippingAddress", "{\"city\":\"Langley Falls\"}"),
          Map.entry("billingAddress", "{\"city\":\"New York\"}"),
          Map.entry("birthDate", "\"1976-08-12\""),
          Map.entry("birthTime", "\"14:43:00\""),
          Map.entry("birthDateTime", "\"1976-08-12T14:43:00\""),
          Map.entry("id", "\"567b229a-6b0a-4f1e-9006-448cd9dfbfda\""));

  /** What differs between the two. */
  private static final Map<String, Map<String, String>> OF_PEOPLE =
      Map.of(
          "Klaus", Map.of("age", "37", "height", "1.78"),
          "Franny", Map.of("age", "35", "height", "1.65", "married", "true"),
          "Dog", Map.of("name", "\"Rex\"", "breed", "\"Labrador\""),
          "Cat", Map.of("name", "\"Whiskers\"", "indoor", "true"),
          "Alice", Map.of("name", "\"Alice\""));

  /** What refers to itself is no use to be walked through. */
  private static final String FAMILY =
      "{\"name\":\"Francine\",\"children\":[{\"name\":\"Steve\",\"children\":[]},"
          + "{\"name\":\"Hayley\",\"children\":[]}]}";

  private static final String SUM =
      "{\"type\":\"Addition\",\"left\":{\"type\":\"Addition\",\"left\":"
          + "{\"type\":\"Constant\",\"value\":1},\"right\":{\"type\":\"Constant\",\"value\":2}},"
          + "\"right\":{\"type\":\"Constant\",\"value\":3}}";

  private final String asked;

  private Filling(String asked) {
    this.asked = asked;
  }

  static String of(JsonNode schema, String asked) {
    if (asked.contains("Steve and Hayley")) {
      return FAMILY;
    }
    String who = asked.contains("Alice") ? "Alice" : "Klaus";
    return new Filling(asked).filled("", schema, who).toString();
  }

  private JsonNode filled(String name, JsonNode schema, String who) {
    String known = OF_PEOPLE.getOrDefault(who, Map.of()).getOrDefault(name, KNOWN.get(name));
    if (known != null) {
      return read(known);
    }
    if (asked.contains("syntax tree") && (schema.has("anyOf") || schema.has("$ref"))) {
      return read(SUM);
    }
    if (schema.has("anyOf")) {
      return ofKinds(schema.path("anyOf")).get(0);
    }
    return switch (schema.path("type").asText("object")) {
      case "object" -> object(schema, who);
      case "array" -> array(schema.path("items"));
      case "boolean" -> read(String.valueOf(asked.contains("man")));
      case "integer" -> read("2");
      case "number" -> read("-0.5");
      default -> words(name, schema, who);
    };
  }

  private JsonNode object(JsonNode schema, String who) {
    ObjectNode filled = Knowing.JSON.createObjectNode();
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              if (property.getKey().equals("name") || !asked.contains("Do not include missing")) {
                filled.set(property.getKey(), filled(property.getKey(), property.getValue(), who));
              }
            });
    return filled;
  }

  /** One of each kind that is asked about; of dogs by their breed, too. */
  private List<JsonNode> ofKinds(JsonNode kinds) {
    List<JsonNode> filled = new ArrayList<>();
    for (JsonNode kind : kinds) {
      String type = kind.path("properties").path("type").path("enum").path(0).asText();
      if (asked.contains(type.equals("Dog") ? "Labrador" : type.toLowerCase(Locale.ROOT))) {
        filled.add(object(kind, type));
      }
    }
    return filled;
  }

  private JsonNode array(JsonNode items) {
    ArrayNode filled = Knowing.JSON.createArrayNode();
    if (items.has("enum")) {
      named(items.path("enum")).forEach(filled::add);
    } else if (items.has("anyOf")) {
      ofKinds(items.path("anyOf")).forEach(filled::add);
    } else {
      for (String who : List.of("Klaus", asked.contains("Francine") ? "Francine" : "Franny")) {
        filled.add(filled("", items, who));
      }
    }
    return filled;
  }

  /** The values that are asked about, as often and in that order, or the first. */
  private List<JsonNode> named(JsonNode values) {
    Map<Integer, JsonNode> named = new TreeMap<>();
    String words = asked.toLowerCase(Locale.ROOT);
    for (JsonNode value : values) {
      String word = value.asText().toLowerCase(Locale.ROOT);
      for (int at = words.indexOf(word); at >= 0; at = words.indexOf(word, at + 1)) {
        named.put(at, value);
      }
    }
    return named.isEmpty() ? List.of(values.path(0)) : List.copyOf(named.values());
  }

  private JsonNode words(String name, JsonNode schema, String who) {
    if (schema.has("enum")) {
      return named(schema.path("enum")).get(0);
    }
    String word = name.isEmpty() || name.equals("name") ? who : name;
    return read(
        name.equals("city")
            ? asked.contains("Munich") ? "\"Munich\"" : "\"Berlin\""
            : "\"" + word + "\"");
  }

  private static JsonNode read(String json) {
    try {
      return Knowing.JSON.readTree(json);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException(broken);
    }
  }
}
