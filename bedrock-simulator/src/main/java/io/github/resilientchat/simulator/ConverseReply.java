package io.github.resilientchat.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** An answer in the two shapes of Converse. */
final class ConverseReply implements Reply {

  private static final List<String> ECHOED = List.of("serviceTier", "performanceConfig");

  private final Answer answer;
  private final long characters;
  private final Usage usage;
  private final ObjectNode echo = Json.object();
  private final List<Frame> content;

  ConverseReply(Answer answer, ConverseRequest request, PromptCache.Use cached) {
    this.answer = answer;
    Usage given = answer.usage();
    this.characters = answer.outputCharacters();
    this.usage =
        given != null
            ? given
            : new Usage(
                Math.max(0, request.inputTokens() - cached.read() - cached.write()),
                Math.max(1, Tokens.ofCharacters(characters)),
                cached.read(),
                cached.write(),
                cached.writeHour());
    for (String field : ECHOED) {
      JsonNode value = request.json().get(field);
      if (value != null) {
        echo.set(field, value);
      }
    }
    this.content = AnswerFrames.of(answer);
  }

  @Override
  public Usage usage() {
    return usage;
  }

  @Override
  public Usage usageAfter(long sent) {
    return sent >= characters
        ? usage
        : usage.withOutput((usage.outputTokens() * sent + characters - 1) / characters);
  }

  @Override
  public int frames() {
    return content.size() + 1;
  }

  @Override
  public Frame frame(int index, long latencyMillis) {
    if (index < content.size()) {
      return content.get(index);
    }
    return new Frame("metadata", closing(Json.object(), latencyMillis), 0);
  }

  @Override
  public JsonNode body(long latencyMillis) {
    ObjectNode body = Json.object();
    ObjectNode message = body.putObject("output").putObject("message");
    message.put("role", "assistant");
    addContent(message.putArray("content"));
    body.put("stopReason", answer.effectiveStopReason());
    return closing(body, latencyMillis);
  }

  private void addContent(ArrayNode content) {
    String reasoning = answer.reasoning();
    if (reasoning != null) {
      ObjectNode text =
          content.addObject().putObject("reasoningContent").putObject("reasoningText");
      text.put("text", reasoning).put("signature", answer.signature());
    }
    if (!answer.words().isEmpty()) {
      content.addObject().put("text", answer.text());
    }
    for (Answer.ToolUse use : answer.toolUses()) {
      ObjectNode toolUse = content.addObject().putObject("toolUse");
      toolUse.put("toolUseId", use.id()).put("name", use.name());
      toolUse.set("input", Json.requireObject("inputJson", use.inputJson()));
    }
  }

  private ObjectNode closing(ObjectNode node, long latencyMillis) {
    ObjectNode used =
        node.putObject("usage")
            .put("inputTokens", usage.inputTokens())
            .put("outputTokens", usage.outputTokens())
            .put("totalTokens", usage.total())
            .put("cacheReadInputTokens", usage.cacheReadInputTokens())
            .put("cacheWriteInputTokens", usage.cacheWriteInputTokens());
    addWrites(used);
    node.putObject("metrics").put("latencyMs", latencyMillis);
    node.setAll(echo);
    return node;
  }

  /** What was written to the cache, by how long it is kept. */
  private void addWrites(ObjectNode used) {
    long hour = usage.cacheWriteHourInputTokens();
    long minutes = usage.cacheWriteInputTokens() - hour;
    ArrayNode details = Json.object().arrayNode();
    if (hour > 0) {
      details.addObject().put("ttl", "1h").put("inputTokens", hour);
    }
    if (minutes > 0) {
      details.addObject().put("ttl", "5m").put("inputTokens", minutes);
    }
    if (!details.isEmpty()) {
      used.set("cacheDetails", details);
    }
  }
}
