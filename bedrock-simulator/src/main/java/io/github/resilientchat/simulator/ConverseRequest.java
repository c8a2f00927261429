package io.github.resilientchat.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** A Converse request body that passed the checks that Bedrock makes before it calls a model. */
record ConverseRequest(JsonNode json) {

  /** Throws {@link Refused} when the body is not JSON or breaks a constraint. */
  static ConverseRequest parse(byte[] body) {
    JsonNode json;
    try {
      json = Json.parse(body);
    } catch (JsonProcessingException e) {
      throw new Refused(
          ApiError.of(400, "SerializationException", "The request body is not valid JSON."));
    }
    return of(json);
  }

  /** The same of what is parsed already. */
  static ConverseRequest of(JsonNode json) {
    requireConversation(json.path("messages"));
    requireInferenceConfig(json.path("inferenceConfig"));
    return new ConverseRequest(json);
  }

  OptionalLong maxTokens() {
    JsonNode maxTokens = json.path("inferenceConfig").path("maxTokens");
    return maxTokens.isNumber() ? OptionalLong.of(maxTokens.asLong()) : OptionalLong.empty();
  }

  /** Whether the model is asked to think, in the words of Claude or of Converse's own models. */
  boolean asksForReasoning() {
    JsonNode fields = json.path("additionalModelRequestFields");
    for (String name : List.of("thinking", "reasoning_config", "reasoningConfig")) {
      String type = fields.path(name).path("type").asText();
      if (type.equals("enabled") || type.equals("adaptive")) {
        return true;
      }
    }
    return false;
  }

  /** The schema that the answer must follow, where the request says one of its own. */
  Optional<String> schema() {
    JsonNode schema = json.path("outputConfig").findPath("schema");
    String text = schema.isTextual() ? schema.textValue() : schema.toString();
    return text.isEmpty() ? Optional.empty() : Optional.of(SchemaAnswer.marked(text));
  }

  /** The text of the last message of the user; empty when there is none. */
  String lastUserText() {
    return new ConverseCall("", "", "", false, json).lastUserText();
  }

  long inputTokens() {
    long characters =
        characters(json.path("system"))
            + characters(json.path("messages"))
            + characters(json.path("toolConfig"));
    return Math.max(1, Tokens.ofCharacters(characters));
  }

  Set<String> requestMetadataKeys() {
    return json.path("requestMetadata").properties().stream()
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  // Documents and images come as base64 under "bytes" and are not counted.
  static long characters(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue().length();
    }
    long characters = 0;
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      characters += field.getKey().equals("bytes") ? 0 : characters(field.getValue());
    }
    if (node.isArray()) {
      for (JsonNode element : node) {
        characters += characters(element);
      }
    }
    return characters;
  }

  private static void requireConversation(JsonNode messages) {
    if (messages.isEmpty() || !"user".equals(messages.path(0).path("role").asText())) {
      throw new Refused(
          ApiError.validation(
              "A conversation must start with a user message. Try again with a conversation that"
                  + " starts with a user message."));
    }
  }

  private static void requireInferenceConfig(JsonNode config) {
    requireAtLeast("maxTokens", config.path("maxTokens"), 1);
    requireShare("temperature", config.path("temperature"));
    requireShare("topP", config.path("topP"));
  }

  private static void requireShare(String field, JsonNode value) {
    requireAtLeast(field, value, 0);
    if (value.isNumber() && value.asDouble() > 1) {
      throw constraint(field, value, "less than or equal to 1");
    }
  }

  private static void requireAtLeast(String field, JsonNode value, int min) {
    if (value.isNumber() && value.asDouble() < min) {
      throw constraint(field, value, "greater than or equal to " + min);
    }
  }

  private static Refused constraint(String field, JsonNode value, String rule) {
    return new Refused(
        ApiError.validation(
            "1 validation error detected: Value '"
                + value.asText()
                + "' at 'inferenceConfig."
                + field
                + "' failed to satisfy constraint: Member must have value "
                + rule));
  }
}
