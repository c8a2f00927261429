package io.github.resilientchat.simulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated model says: optional reasoning, then text, then tool calls. Immutable; every
 * method returns a changed copy.
 *
 * @param words the text in pieces; a stream sends each piece as one frame
 * @param stopReason {@code null}: {@code tool_use} when there are tool uses, else {@code end_turn}
 * @param usage {@code null}: estimated at four characters per token
 */
public record Answer(
    List<String> words,
    @Nullable String reasoning,
    @Nullable String signature,
    List<ToolUse> toolUses,
    @Nullable String stopReason,
    @Nullable Usage usage) {

  /** One tool call; {@code inputJson} is the JSON object of its arguments. */
  public record ToolUse(String id, String name, String inputJson) {
    public ToolUse {
      Json.requireObject("inputJson", inputJson);
    }
  }

  public Answer {
    words = List.copyOf(words);
    toolUses = List.copyOf(toolUses);
  }

  /** An answer of this text; a stream sends it word by word. */
  public static Answer text(String text) {
    return words(split(text));
  }

  /** An answer whose text is these pieces joined; a stream sends each as one frame. */
  public static Answer words(List<String> words) {
    return new Answer(words, null, null, List.of(), null, null);
  }

  /** An answer without text that calls one tool. */
  public static Answer toolUse(String id, String name, String inputJson) {
    return words(List.of()).andToolUse(id, name, inputJson);
  }

  /** This answer with one more tool call at its end. */
  public Answer andToolUse(String id, String name, String inputJson) {
    List<ToolUse> more = new ArrayList<>(toolUses);
    more.add(new ToolUse(id, name, inputJson));
    return new Answer(words, reasoning, signature, more, stopReason, usage);
  }

  /** This answer preceded by a signed reasoning block. */
  public Answer withReasoning(String text, String signature) {
    return new Answer(words, text, signature, toolUses, stopReason, usage);
  }

  /** This answer with a stop reason as on the wire, for example {@code guardrail_intervened}. */
  public Answer withStopReason(String stopReason) {
    return new Answer(words, reasoning, signature, toolUses, stopReason, usage);
  }

  /** This answer with exact token counts, which also settle the quota. */
  public Answer withUsage(Usage usage) {
    return new Answer(words, reasoning, signature, toolUses, stopReason, usage);
  }

  String text() {
    return String.join("", words);
  }

  String effectiveStopReason() {
    if (stopReason != null) {
      return stopReason;
    }
    return toolUses.isEmpty() ? "end_turn" : "tool_use";
  }

  /** Characters that count as output, from which tokens are estimated. */
  long outputCharacters() {
    long characters = text().length() + (reasoning == null ? 0 : reasoning.length());
    for (ToolUse use : toolUses) {
      characters += use.name().length() + use.inputJson().length();
    }
    return characters;
  }

  private static List<String> split(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("(?<= )"));
  }
}
