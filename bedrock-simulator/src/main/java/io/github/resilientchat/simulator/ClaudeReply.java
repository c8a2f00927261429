package io.github.resilientchat.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer as Anthropic's Messages API writes it; tokens are counted as for Converse. */
final class ClaudeReply implements Reply {

  private final Answer answer;
  private final ConverseReply counted;
  private final Model model;
  private final List<Frame> events = new ArrayList<>();
  private int block;
  private @Nullable ObjectNode pending;

  ClaudeReply(Answer answer, ConverseReply counted, Model model) {
    this.answer = answer;
    this.counted = counted;
    this.model = model;
    ObjectNode start = event("message_start");
    start.set("message", message(Usage.of(counted.usage().inputTokens(), 0), null));
    add(start, 0);
    @Nullable String reasoning = answer.reasoning();
    if (reasoning != null) {
      begin("thinking").put("thinking", "");
      delta("thinking_delta", "thinking", reasoning);
      delta("signature_delta", "signature", String.valueOf(answer.signature()));
      stop();
    }
    if (!answer.words().isEmpty()) {
      begin("text").put("text", "");
      answer.words().forEach(word -> delta("text_delta", "text", word));
      stop();
    }
    for (Answer.ToolUse use : answer.toolUses()) {
      begin("tool_use").put("id", use.id()).put("name", use.name()).putObject("input");
      delta("input_json_delta", "partial_json", use.inputJson());
      stop();
    }
    ObjectNode end = event("message_delta");
    end.putObject("delta").put("stop_reason", answer.effectiveStopReason());
    end.putObject("usage").put("output_tokens", counted.usage().outputTokens());
    add(end, 0);
  }

  private static ObjectNode event(String type) {
    return Json.object().put("type", type);
  }

  private void add(ObjectNode event, long characters) {
    events.add(Frame.chunk(event, characters));
  }

  private ObjectNode begin(String type) {
    ObjectNode start = event("content_block_start").put("index", block);
    ObjectNode content = start.putObject("content_block").put("type", type);
    // Its fields follow; a frame is encoded when it is made, so that it is made with the first.
    pending = start;
    return content;
  }

  private void flush() {
    @Nullable ObjectNode start = pending;
    if (start != null) {
      pending = null;
      add(start, 0);
    }
  }

  private void delta(String type, String field, String text) {
    flush();
    ObjectNode delta = event("content_block_delta").put("index", block);
    delta.putObject("delta").put("type", type).put(field, text);
    add(delta, field.equals("signature") ? 0 : text.length());
  }

  private void stop() {
    flush();
    add(event("content_block_stop").put("index", block), 0);
    block++;
  }

  private ObjectNode message(Usage usage, @Nullable String stopReason) {
    ObjectNode message =
        Json.object()
            .put("id", "msg_bdrk_simulated")
            .put("type", "message")
            .put("role", "assistant")
            .put("model", model.id().replaceFirst("anthropic[.]", ""))
            .put("stop_reason", stopReason)
            .putNull("stop_sequence");
    message.putArray("content");
    message
        .putObject("usage")
        .put("input_tokens", usage.inputTokens())
        .put("cache_creation_input_tokens", usage.cacheWriteInputTokens())
        .put("cache_read_input_tokens", usage.cacheReadInputTokens())
        .put("output_tokens", usage.outputTokens());
    return message;
  }

  @Override
  public Usage usage() {
    return counted.usage();
  }

  @Override
  public Usage usageAfter(long sent) {
    return counted.usageAfter(sent);
  }

  @Override
  public int frames() {
    return events.size() + 1;
  }

  @Override
  public Frame frame(int index, long latencyMillis) {
    if (index < events.size()) {
      return events.get(index);
    }
    ObjectNode stop = event("message_stop");
    stop.putObject("amazon-bedrock-invocationMetrics")
        .put("inputTokenCount", usage().inputTokens())
        .put("outputTokenCount", usage().outputTokens())
        .put("invocationLatency", latencyMillis)
        .put("firstByteLatency", latencyMillis);
    return Frame.chunk(stop, 0);
  }

  @Override
  public JsonNode body(long latencyMillis) {
    ObjectNode message = message(usage(), answer.effectiveStopReason());
    ArrayNode content = (ArrayNode) message.get("content");
    @Nullable String reasoning = answer.reasoning();
    if (reasoning != null) {
      content
          .addObject()
          .put("type", "thinking")
          .put("thinking", reasoning)
          .put("signature", answer.signature());
    }
    if (!answer.words().isEmpty()) {
      content.addObject().put("type", "text").put("text", answer.text());
    }
    for (Answer.ToolUse use : answer.toolUses()) {
      ObjectNode tool = content.addObject().put("type", "tool_use");
      tool.put("id", use.id()).put("name", use.name());
      tool.set("input", Json.requireObject("inputJson", use.inputJson()));
    }
    return message;
  }
}
