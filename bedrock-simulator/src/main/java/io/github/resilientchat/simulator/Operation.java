package io.github.resilientchat.simulator;

import java.util.Arrays;
import java.util.Optional;

/** The ways to ask a model for an answer. */
enum Operation {
  CONVERSE("Converse", "converse", false, false),
  CONVERSE_STREAM("ConverseStream", "converse-stream", true, false),
  INVOKE_MODEL("InvokeModel", "invoke", false, true),
  INVOKE_MODEL_STREAM("InvokeModelWithResponseStream", "invoke-with-response-stream", true, true);

  private final String name;
  private final String path;
  private final boolean streaming;
  private final boolean invokes;

  Operation(String name, String path, boolean streaming, boolean invokes) {
    this.name = name;
    this.path = path;
    this.streaming = streaming;
    this.invokes = invokes;
  }

  static Optional<Operation> at(String path) {
    return Arrays.stream(values()).filter(each -> each.path.equals(path)).findFirst();
  }

  /** As CloudTrail writes it. */
  String eventName() {
    return name;
  }

  boolean streaming() {
    return streaming;
  }

  /** Whether the bodies are the model's own. */
  boolean invokes() {
    return invokes;
  }
}
