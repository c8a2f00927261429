package io.github.resilientchat.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of the admin API, read field by field. Whatever is wrong ends in an {@link
 * IllegalArgumentException} that names the field and what it may hold.
 */
final class AdminRequest {

  private final ObjectNode json;

  private AdminRequest(ObjectNode json, Set<String> fields) {
    this.json = json;
    Set<String> unknown = new TreeSet<>();
    json.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(fields);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown field '%s'; allowed: %s"
              .formatted(unknown.iterator().next(), String.join(", ", new TreeSet<>(fields))));
    }
  }

  /** Reads one object or an array of objects. */
  static List<AdminRequest> list(byte[] body, Set<String> fields) {
    JsonNode root;
    try {
      root = Json.parse(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
    List<JsonNode> nodes = root.isArray() ? root.valueStream().toList() : List.of(root);
    return nodes.stream().map(node -> of(node, fields)).toList();
  }

  private static AdminRequest of(JsonNode node, Set<String> fields) {
    if (node instanceof ObjectNode object) {
      return new AdminRequest(object, fields);
    }
    throw new IllegalArgumentException("expected a JSON object or an array of them");
  }

  boolean has(String field) {
    return json.hasNonNull(field);
  }

  String text(String field) {
    return required(field, "text", node -> node.isTextual() ? node.textValue() : null);
  }

  @Nullable String optionalText(String field) {
    return has(field) ? text(field) : null;
  }

  long number(String field) {
    return required(
        field, "a whole number", node -> node.isIntegralNumber() ? node.longValue() : null);
  }

  int optionalInt(String field, int otherwise) {
    return has(field) ? Math.toIntExact(number(field)) : otherwise;
  }

  double fraction(String field) {
    return required(field, "a number", node -> node.isNumber() ? node.doubleValue() : null);
  }

  boolean bool(String field) {
    return required(field, "true or false", node -> node.isBoolean() ? node.booleanValue() : null);
  }

  Duration duration(String field) {
    try {
      return Durations.parse(text(field));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("field '" + field + "': " + e.getMessage(), e);
    }
  }

  <E extends Enum<E>> E constant(String field, Class<E> type) {
    E[] constants = type.getEnumConstants();
    return required(
        field,
        "one of " + Arrays.toString(constants),
        node ->
            Arrays.stream(constants)
                .filter(constant -> constant.name().equalsIgnoreCase(node.asText()))
                .findFirst()
                .orElse(null));
  }

  private <T> T required(
      String field, String expected, Function<JsonNode, @Nullable T> conversion) {
    JsonNode node = json.get(field);
    T value = node == null ? null : conversion.apply(node);
    if (value == null) {
      throw new IllegalArgumentException(
          "field '%s' must be %s%s"
              .formatted(field, expected, node == null ? "" : ", not " + node));
    }
    return value;
  }
}
