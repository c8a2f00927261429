package io.github.resilientchat.springai;

import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import java.util.Map;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.util.StringUtils;

/** Adds to an answer's metadata without losing what its model said. */
final class AnswerMetadata {

  private AnswerMetadata() {}

  /**
   * The answer with the report's facts. They are on the generations too, because {@code
   * MessageAggregator} drops the key values of the response and keeps those of the generation.
   */
  static ChatResponse stamp(ChatResponse answer, CallReport report) {
    Map<String, Object> facts = report.metadata();
    ChatResponseMetadata said = answer.getMetadata();
    String model =
        StringUtils.hasText(said.getModel())
            ? said.getModel()
            : report.servedBy().map(Target::model).orElse("");
    ChatResponseMetadata.Builder stamped = copy(said).model(model);
    facts.forEach(stamped::keyValue);
    List<Generation> generations =
        answer.getResults().stream().map(generation -> stamp(generation, facts)).toList();
    return new ChatResponse(generations, stamped.build());
  }

  /** The answer with other usage. */
  static ChatResponse withUsage(ChatResponse answer, Usage usage) {
    return new ChatResponse(answer.getResults(), copy(answer.getMetadata()).usage(usage).build());
  }

  private static ChatResponseMetadata.Builder copy(ChatResponseMetadata said) {
    ChatResponseMetadata.Builder copy =
        ChatResponseMetadata.builder()
            .id(said.getId())
            .model(said.getModel())
            .rateLimit(said.getRateLimit())
            .usage(said.getUsage())
            .promptMetadata(said.getPromptMetadata());
    said.entrySet().forEach(entry -> copy.keyValue(entry.getKey(), entry.getValue()));
    return copy;
  }

  private static Generation stamp(Generation generation, Map<String, Object> facts) {
    ChatGenerationMetadata said = generation.getMetadata();
    ChatGenerationMetadata.Builder stamped =
        ChatGenerationMetadata.builder()
            .finishReason(said.getFinishReason())
            .contentFilters(said.getContentFilters());
    said.entrySet().forEach(entry -> stamped.metadata(entry.getKey(), entry.getValue()));
    return new Generation(generation.getOutput(), stamped.metadata(facts).build());
  }
}
