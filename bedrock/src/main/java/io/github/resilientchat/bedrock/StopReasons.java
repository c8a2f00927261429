package io.github.resilientchat.bedrock;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;

/**
 * Why an answer stopped, as every framework knows it. Bedrock adds reasons over time, and
 * LangChain4j (1.16.3) throws a whole answer away over one that it does not know.
 */
final class StopReasons {

  private static final Set<String> COMMON =
      Set.of(
          "end_turn",
          "tool_use",
          "max_tokens",
          "stop_sequence",
          "guardrail_intervened",
          "content_filtered");

  private StopReasons() {}

  static boolean isCommon(@Nullable String reason) {
    return reason != null && COMMON.contains(reason);
  }

  /** The nearest common reason. */
  static String common(@Nullable String reason) {
    if (reason != null && COMMON.contains(reason)) {
      return reason;
    }
    return "model_context_window_exceeded".equals(reason) ? "max_tokens" : "end_turn";
  }

  static ConverseStreamOutput common(MessageStopEvent stop) {
    return ConverseStreamOutput.messageStopBuilder()
        .stopReason(common(stop.stopReasonAsString()))
        .additionalModelResponseFields(stop.additionalModelResponseFields())
        .build();
  }

  static ConverseResponse common(ConverseResponse answer) {
    return answer.toBuilder().stopReason(common(answer.stopReasonAsString())).build();
  }
}
