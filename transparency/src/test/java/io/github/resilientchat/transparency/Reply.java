package io.github.resilientchat.transparency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the service says once: an answer, whole or as events, or an error. Immutable.
 *
 * @param blocks of the answer, in order
 * @param counts of tokens: input, output, read from the cache, written to it; null: not told
 * @param error told instead, or in the middle of a stream
 * @param cut whether a stream ends without its last two events
 * @param slow whether there is time between the events of a stream
 */
public record Reply(
    List<Block> blocks,
    String stopReason,
    int @Nullable [] counts,
    @Nullable String trace,
    @Nullable Fault error,
    boolean cut,
    boolean slow) {

  public static final ObjectMapper JSON = new ObjectMapper();

  /** A part of an answer; a stream sends each of its pieces as one event. */
  public record Block(String kind, String id, String name, List<String> pieces) {}

  /** An error of the service; within a stream when its status is 0. */
  public record Fault(int status, String type, String message) {}

  /** An event of a stream. */
  record Event(String type, String payload, boolean exception) {}

  private static Reply of(Block block, String stopReason) {
    return new Reply(List.of(block), stopReason, new int[] {10, 3, 0, 0}, null, null, false, false);
  }

  public static Reply text(String... pieces) {
    return of(new Block("text", "", "", List.of(pieces)), "end_turn");
  }

  public static Reply tool(String id, String name, String... input) {
    return of(new Block("tool", id, name, List.of(input)), "tool_use");
  }

  public static Reply error(int status, String type, String message) {
    return text().with(new Fault(status, type, message));
  }

  public Reply slowly() {
    return new Reply(blocks, stopReason, counts, trace, error, cut, true);
  }

  public Reply andTool(String id, String name, String... input) {
    return and(new Block("tool", id, name, List.of(input))).reason("tool_use");
  }

  Reply andText(String... pieces) {
    return and(new Block("text", "", "", List.of(pieces)));
  }

  static Reply reasoning(String signature, String... pieces) {
    return of(new Block("reasoning", signature, "", List.of(pieces)), "end_turn");
  }

  private Reply and(Block block) {
    List<Block> more = new ArrayList<>(blocks);
    more.add(block);
    return new Reply(more, stopReason, counts, trace, error, cut, slow);
  }

  public Reply reason(String value) {
    return new Reply(blocks, value, counts, trace, error, cut, slow);
  }

  public Reply used(int input, int output, int cacheRead, int cacheWrite) {
    int[] values = {input, output, cacheRead, cacheWrite};
    return new Reply(blocks, stopReason, values, trace, error, cut, slow);
  }

  Reply traced(String json) {
    return new Reply(blocks, stopReason, counts, json, error, cut, slow);
  }

  Reply with(Fault value) {
    return new Reply(blocks, stopReason, counts, trace, value, cut, true);
  }

  Reply uncounted() {
    return new Reply(blocks, stopReason, null, trace, error, cut, slow);
  }

  /** Slowly, as with an error: what comes at once with a part may overtake it in a client. */
  Reply cutShort() {
    return new Reply(blocks, stopReason, counts, trace, error, true, true);
  }

  int pieces() {
    return blocks.stream().mapToInt(block -> block.pieces().size()).sum();
  }

  /** Not a target that does not exist: it rests until its configuration changes. */
  boolean isForStarters() {
    Fault broken = error;
    return broken == null || broken.status() != 404;
  }

  byte[] whole() {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode content =
        answer
            .putObject("output")
            .putObject("message")
            .put("role", "assistant")
            .putArray("content");
    blocks.forEach(block -> content.add(whole(block)));
    answer.put("stopReason", stopReason);
    addUsage(answer);
    return bytes(answer);
  }

  private static ObjectNode whole(Block block) {
    ObjectNode node = JSON.createObjectNode();
    String joined = String.join("", block.pieces());
    switch (block.kind()) {
      case "text" -> node.put("text", joined);
      case "reasoning" ->
          node.putObject("reasoningContent")
              .putObject("reasoningText")
              .put("text", joined)
              .put("signature", block.id());
      default ->
          node.putObject("toolUse")
              .put("toolUseId", block.id())
              .put("name", block.name())
              .set("input", parsed(joined));
    }
    return node;
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException broken) {
      return TextNode.valueOf(json);
    }
  }

  List<Event> events() {
    List<Event> events = new ArrayList<>();
    events.add(event("messageStart", JSON.createObjectNode().put("role", "assistant")));
    for (int i = 0; i < blocks.size(); i++) {
      add(events, blocks.get(i), i);
    }
    Fault broken = error;
    if (broken != null) {
      events.add(
          new Event(
              broken.type(), text(JSON.createObjectNode().put("message", broken.message())), true));
    } else if (!cut) {
      events.add(event("messageStop", JSON.createObjectNode().put("stopReason", stopReason)));
      ObjectNode metadata = JSON.createObjectNode();
      addUsage(metadata);
      events.add(event("metadata", metadata));
    }
    return events;
  }

  private static void add(List<Event> events, Block block, int index) {
    if (block.kind().equals("tool")) {
      ObjectNode start = JSON.createObjectNode().put("contentBlockIndex", index);
      start
          .putObject("start")
          .putObject("toolUse")
          .put("toolUseId", block.id())
          .put("name", block.name());
      events.add(event("contentBlockStart", start));
    }
    for (String piece : block.pieces()) {
      ObjectNode delta = JSON.createObjectNode();
      switch (block.kind()) {
        case "text" -> delta.put("text", piece);
        case "reasoning" -> delta.putObject("reasoningContent").put("text", piece);
        default -> delta.putObject("toolUse").put("input", piece);
      }
      events.add(delta(index, delta));
    }
    if (block.kind().equals("reasoning")) {
      ObjectNode signed = JSON.createObjectNode();
      signed.putObject("reasoningContent").put("signature", block.id());
      events.add(delta(index, signed));
    }
    events.add(event("contentBlockStop", JSON.createObjectNode().put("contentBlockIndex", index)));
  }

  private static Event delta(int index, ObjectNode delta) {
    ObjectNode event = JSON.createObjectNode().put("contentBlockIndex", index);
    event.set("delta", delta);
    return event("contentBlockDelta", event);
  }

  private static Event event(String type, ObjectNode payload) {
    return new Event(type, text(payload), false);
  }

  private void addUsage(ObjectNode to) {
    int[] tokens = counts;
    if (tokens != null) {
      ObjectNode usage =
          to.putObject("usage")
              .put("inputTokens", tokens[0])
              .put("outputTokens", tokens[1])
              .put("totalTokens", tokens[0] + tokens[1]);
      if (tokens[2] + tokens[3] > 0) {
        usage.put("cacheReadInputTokens", tokens[2]).put("cacheWriteInputTokens", tokens[3]);
      }
    }
    to.putObject("metrics").put("latencyMs", 5);
    if (trace != null) {
      to.set("trace", parsed(trace));
    }
  }

  /** Lone halves of an emoji leave as escapes: each event is JSON of its own. */
  private static String text(ObjectNode node) {
    StringBuilder ascii = new StringBuilder();
    node.toString()
        .chars()
        .forEach(
            c -> {
              if (c < 128) {
                ascii.append((char) c);
              } else {
                ascii.append(String.format("\\u%04x", c));
              }
            });
    return ascii.toString();
  }

  private static byte[] bytes(ObjectNode node) {
    return text(node).getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
