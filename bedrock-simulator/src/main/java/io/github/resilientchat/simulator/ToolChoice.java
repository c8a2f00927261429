package io.github.resilientchat.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The call of a tool that a request forces, with arguments that fit its schema. */
final class ToolChoice {

  private ToolChoice() {}

  static Optional<Answer> of(ConverseRequest request) {
    JsonNode config = request.json().path("toolConfig");
    JsonNode choice = config.path("toolChoice");
    if (!choice.has("tool") && !choice.has("any")) {
      return Optional.empty();
    }
    String wanted = choice.path("tool").path("name").asText();
    for (JsonNode tool : config.path("tools")) {
      JsonNode spec = tool.path("toolSpec");
      String name = spec.path("name").asText();
      if (!name.isEmpty() && (wanted.isEmpty() || wanted.equals(name))) {
        return Optional.of(Answer.toolUse("tooluse_" + name, name, arguments(spec)));
      }
    }
    return Optional.empty();
  }

  private static String arguments(JsonNode spec) {
    JsonNode schema = spec.path("inputSchema").path("json");
    return schema.isObject()
        ? SchemaAnswer.to(SchemaAnswer.marked(schema.toString())).orElse("{}")
        : "{}";
  }
}
