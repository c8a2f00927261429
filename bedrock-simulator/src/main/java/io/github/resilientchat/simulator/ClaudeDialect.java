package io.github.resilientchat.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The bodies of Anthropic's Messages API, as InvokeModel takes them for Claude. */
enum ClaudeDialect implements Dialect {
  INSTANCE;

  private static final String VERSION = "bedrock-2023-05-31";

  @Override
  public ConverseRequest request(byte[] body) {
    JsonNode own = Dialect.json(body);
    require(
        own.path("anthropic_version").asText().equals(VERSION),
        "anthropic_version: Field required");
    require(own.path("max_tokens").isIntegralNumber(), "max_tokens: Field required");
    ObjectNode converse = Json.object();
    ObjectNode config = converse.putObject("inferenceConfig");
    config.put("maxTokens", own.path("max_tokens").asLong());
    copy(own, "temperature", config, "temperature");
    copy(own, "top_p", config, "topP");
    if (own.has("system")) {
      blocks(own.get("system"), converse.putArray("system"));
    }
    ArrayNode messages = converse.putArray("messages");
    for (JsonNode message : own.path("messages")) {
      ObjectNode turn = messages.addObject().put("role", message.path("role").asText());
      blocks(message.path("content"), turn.putArray("content"));
    }
    if (own.path("tools").size() > 0) {
      tools(own.get("tools"), converse.putObject("toolConfig").putArray("tools"));
    }
    if (own.has("thinking")) {
      converse.putObject("additionalModelRequestFields").set("thinking", own.get("thinking"));
    }
    return ConverseRequest.of(converse);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new Refused(ApiError.validation(message));
    }
  }

  private static void copy(JsonNode from, String field, ObjectNode to, String as) {
    if (from.has(field)) {
      to.set(as, from.get(field));
    }
  }

  private static void tools(JsonNode own, ArrayNode converse) {
    for (JsonNode tool : own) {
      ObjectNode spec = converse.addObject().putObject("toolSpec");
      copy(tool, "name", spec, "name");
      copy(tool, "description", spec, "description");
      if (tool.has("input_schema")) {
        spec.putObject("inputSchema").set("json", tool.get("input_schema"));
      }
      mark(tool, converse);
    }
  }

  private static void blocks(JsonNode own, ArrayNode converse) {
    if (own.isTextual()) {
      converse.addObject().set("text", own);
    }
    for (JsonNode block : own) {
      block(block, converse.addObject());
      mark(block, converse);
    }
  }

  /** Anthropic marks the block that a cache ends with, Converse the place after it. */
  private static void mark(JsonNode block, ArrayNode converse) {
    if (block.has("cache_control")) {
      ObjectNode point = converse.addObject().putObject("cachePoint").put("type", "default");
      copy(block.get("cache_control"), "ttl", point, "ttl");
    }
  }

  private static void block(JsonNode own, ObjectNode converse) {
    switch (own.path("type").asText()) {
      case "image" ->
          converse
              .putObject("image")
              .put("format", own.path("source").path("media_type").asText().replace("image/", ""))
              .putObject("source")
              .set("bytes", own.path("source").path("data"));
      case "document" ->
          converse
              .putObject("document")
              .putObject("source")
              .set("bytes", own.path("source").path("data"));
      case "tool_use" -> {
        ObjectNode use = converse.putObject("toolUse");
        copy(own, "id", use, "toolUseId");
        copy(own, "name", use, "name");
        copy(own, "input", use, "input");
      }
      case "tool_result" -> {
        ObjectNode result = converse.putObject("toolResult");
        copy(own, "tool_use_id", result, "toolUseId");
        blocks(own.path("content"), result.putArray("content"));
      }
      case "thinking" -> {
        ObjectNode text = converse.putObject("reasoningContent").putObject("reasoningText");
        copy(own, "thinking", text, "text");
        copy(own, "signature", text, "signature");
      }
      default -> copy(own, "text", converse, "text");
    }
  }

  @Override
  public Reply reply(Answer answer, ConverseRequest request, PromptCache.Use cached, Model model) {
    return new ClaudeReply(answer, new ConverseReply(answer, request, cached), model);
  }
}
