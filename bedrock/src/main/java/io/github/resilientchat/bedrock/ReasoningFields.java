package io.github.resilientchat.bedrock;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.document.Document;

/** Where the additional fields of a request say how its model is to reason. */
final class ReasoningFields {

  /** Claude's two, Nova 2's, gpt-oss's and Grok's. */
  private static final Set<String> NAMES =
      Set.of("thinking", "reasoning_config", "reasoningConfig", "reasoning_effort", "reasoning");

  private static final Set<String> CLAUDES = Set.of("thinking", "reasoning_config");
  private static final String BUDGET = "budget_tokens";
  private static final String TYPE = "type";

  /** Holds a format of the answer, too, which is no matter of reasoning. */
  private static final String OUTPUT = "output_config";

  private static final String EFFORT = "effort";

  private ReasoningFields() {}

  static boolean areIn(Map<String, Document> fields) {
    return fields.keySet().stream().anyMatch(NAMES::contains) || holds(fields, OUTPUT, EFFORT);
  }

  static boolean haveBudget(Map<String, Document> fields) {
    return CLAUDES.stream().anyMatch(name -> holds(fields, name, BUDGET));
  }

  private static boolean holds(Map<String, Document> fields, String name, String part) {
    return parts(fields, name).containsKey(part);
  }

  /** A copy; empty where the field is no map. */
  private static Map<String, Document> parts(Map<String, Document> fields, String name) {
    Document value = fields.get(name);
    return value != null && value.isMap() ? new LinkedHashMap<>(value.asMap()) : Map.of();
  }

  /** Without them. */
  static Map<String, Document> leftOut(Map<String, Document> fields) {
    Map<String, Document> left = new LinkedHashMap<>(fields);
    left.keySet().removeAll(NAMES);
    if (holds(fields, OUTPUT, EFFORT)) {
      Map<String, Document> rest = parts(fields, OUTPUT);
      rest.remove(EFFORT);
      if (rest.isEmpty()) {
        left.remove(OUTPUT);
      } else {
        left.put(OUTPUT, Document.fromMap(rest));
      }
    }
    return left;
  }

  /** Thinking as far as the model sees fit, where they give it a number of tokens. */
  static Map<String, Document> adaptive(Map<String, Document> fields) {
    Map<String, Document> adapted = new LinkedHashMap<>(fields);
    for (String name : CLAUDES) {
      if (holds(fields, name, BUDGET)) {
        Map<String, Document> thinking = parts(fields, name);
        thinking.remove(BUDGET);
        thinking.put(TYPE, Document.fromString("adaptive"));
        adapted.put(name, Document.fromMap(thinking));
      }
    }
    return adapted;
  }
}
