package io.github.resilientchat.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON that fits the schema that a prompt asks for in its text, as frameworks do for models that
 * take none: the smallest of its kind, the same for each call.
 */
final class SchemaAnswer {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern SCHEMA = Pattern.compile("\\{\\s*\"\\$schema\"");
  private static final int DEEPEST = 16;

  private final JsonNode root;

  private SchemaAnswer(JsonNode root) {
    this.root = root;
  }

  /** The JSON for the last schema in the text; empty when there is none. */
  static Optional<String> to(String prompt) {
    Matcher schema = SCHEMA.matcher(prompt);
    int start = -1;
    while (schema.find()) {
      start = schema.start();
    }
    if (start < 0) {
      return Optional.empty();
    }
    try {
      // Reads one value and leaves the text behind it.
      JsonNode root = MAPPER.readTree(MAPPER.createParser(prompt.substring(start)));
      return root == null
          ? Optional.empty()
          : Optional.of(MAPPER.writeValueAsString(new SchemaAnswer(root).value(root, 0)));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A schema of the request, so that it is found as one in a prompt is. */
  static String marked(String schema) {
    return SCHEMA.matcher(schema).lookingAt()
        ? schema
        : schema.replaceFirst("\\{", "{\"\\$schema\": \"\", ");
  }

  private JsonNode value(JsonNode schema, int depth) {
    if (depth > DEEPEST) {
      return NODES.nullNode();
    }
    if (schema.has("$ref")) {
      return value(root.at(schema.get("$ref").asText().substring(1)), depth + 1);
    }
    for (String choice : new String[] {"anyOf", "oneOf", "allOf"}) {
      if (schema.path(choice).size() > 0) {
        return value(schema.get(choice).get(0), depth + 1);
      }
    }
    if (schema.has("const")) {
      return schema.get("const");
    }
    if (schema.path("enum").size() > 0) {
      return schema.get("enum").get(0);
    }
    return ofType(schema, depth);
  }

  private JsonNode ofType(JsonNode schema, int depth) {
    JsonNode type = schema.path("type");
    return switch (type.isArray() ? type.path(0).asText() : type.asText()) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, depth);
      case "integer" -> NODES.numberNode(schema.path("minimum").asLong(1));
      case "number" -> NODES.numberNode(schema.path("minimum").asDouble(1.5));
      case "boolean" -> NODES.booleanNode(true);
      case "null" -> NODES.nullNode();
      default -> schema.has("properties") ? object(schema, depth) : text(schema);
    };
  }

  private JsonNode object(JsonNode schema, int depth) {
    ObjectNode object = NODES.objectNode();
    schema
        .path("properties")
        .fields()
        .forEachRemaining(
            property -> object.set(property.getKey(), value(property.getValue(), depth + 1)));
    return object;
  }

  private JsonNode array(JsonNode schema, int depth) {
    ArrayNode array = NODES.arrayNode();
    array.add(value(schema.path("items"), depth + 1));
    return array;
  }

  private static JsonNode text(JsonNode schema) {
    return NODES.textNode(
        switch (schema.path("format").asText()) {
          case "date" -> "2000-01-01";
          case "date-time" -> "2000-01-01T00:00:00Z";
          case "time" -> "00:00:00";
          case "duration" -> "PT1M";
          case "uuid" -> "00000000-0000-0000-0000-000000000000";
          case "uri" -> "https://example.com";
          default -> "simulated";
        });
  }
}
