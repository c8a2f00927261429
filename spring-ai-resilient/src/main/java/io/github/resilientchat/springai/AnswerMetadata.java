package io.github.resilientchat.springai;

import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/** Adds to an answer's metadata without losing what its model said. */
final class AnswerMetadata {

  private AnswerMetadata() {}

  /**
   * The answer with the report's facts. They are on the generations too, because {@code
   * MessageAggregator} drops the key values of the response and keeps those of the generation.
   */
  static ChatResponse stamp(ChatResponse answer, CallReport report) {
    return stamp(answer, report.servedBy().orElse(null), () -> report);
  }

  /**
   * The same, with facts that are worked out when somebody reads them.
   *
   * @param from who answered, or null when nobody did
   */
  static ChatResponse stamp(
      ChatResponse answer, @Nullable Target from, Supplier<CallReport> report) {
    ReportFacts facts = new ReportFacts(report);
    List<Generation> generations = new ArrayList<>(answer.getResults().size());
    for (Generation generation : answer.getResults()) {
      generations.add(
          new Generation(
              generation.getOutput(), new StampedGeneration(generation.getMetadata(), facts)));
    }
    return new ChatResponse(
        generations,
        new StampedMetadata(answer.getMetadata(), from == null ? "" : from.model(), facts));
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
}
