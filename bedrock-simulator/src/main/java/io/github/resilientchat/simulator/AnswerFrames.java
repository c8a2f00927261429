package io.github.resilientchat.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lays an answer out as events, in the order of the real service: messageStart, then for each block
 * contentBlockStart (tool use only), contentBlockDelta and contentBlockStop, then messageStop.
 */
final class AnswerFrames {

  private final List<Frame> frames = new ArrayList<>();
  private int block;

  private AnswerFrames() {}

  static List<Frame> of(Answer answer) {
    AnswerFrames frames = new AnswerFrames();
    frames.add("messageStart", Json.object().put("role", "assistant"), 0);
    String reasoning = answer.reasoning();
    if (reasoning != null) {
      frames.addReasoning(reasoning, answer.signature());
    }
    if (!answer.words().isEmpty()) {
      answer.words().forEach(frames::addText);
      frames.stopBlock();
    }
    answer.toolUses().forEach(frames::addToolUse);
    frames.add("messageStop", Json.object().put("stopReason", answer.effectiveStopReason()), 0);
    return List.copyOf(frames.frames);
  }

  private void addReasoning(String text, @Nullable String signature) {
    ObjectNode delta = Json.object();
    delta.putObject("reasoningContent").put("text", text);
    addDelta(delta, text.length());
    if (signature != null) {
      ObjectNode signed = Json.object();
      signed.putObject("reasoningContent").put("signature", signature);
      addDelta(signed, 0);
    }
    stopBlock();
  }

  private void addText(String word) {
    addDelta(Json.object().put("text", word), word.length());
  }

  private void addToolUse(Answer.ToolUse use) {
    ObjectNode start = Json.object().put("contentBlockIndex", block);
    start
        .putObject("start")
        .putObject("toolUse")
        .put("toolUseId", use.id())
        .put("name", use.name());
    add("contentBlockStart", start, use.name().length());
    // Two pieces, so that a client that does not join partial JSON fails here already.
    int half = use.inputJson().length() / 2;
    addToolInput(use.inputJson().substring(0, half));
    addToolInput(use.inputJson().substring(half));
    stopBlock();
  }

  private void addToolInput(String piece) {
    ObjectNode delta = Json.object();
    delta.putObject("toolUse").put("input", piece);
    addDelta(delta, piece.length());
  }

  private void addDelta(ObjectNode delta, long characters) {
    ObjectNode event = Json.object().put("contentBlockIndex", block);
    event.set("delta", delta);
    add("contentBlockDelta", event, characters);
  }

  private void stopBlock() {
    add("contentBlockStop", Json.object().put("contentBlockIndex", block), 0);
    block++;
  }

  private void add(String eventType, ObjectNode payload, long characters) {
    frames.add(new Frame(eventType, payload, characters));
  }
}
