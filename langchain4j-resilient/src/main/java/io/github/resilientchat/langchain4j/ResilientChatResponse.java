package io.github.resilientchat.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import io.github.resilientchat.core.report.CallReport;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An answer that says how it came about. Message and metadata are the target's own, of the
 * provider's own types; a message with reasoning or attributes also notes its foundation model,
 * under {@code resilient.model}, so that no other model is sent what only this one can read. Copies
 * made with {@link #toBuilder} keep the report; equality ignores it.
 */
public final class ResilientChatResponse extends ChatResponse {

  private final Supplier<CallReport> report;

  /**
   * @param report made when somebody reads it
   */
  ResilientChatResponse(
      AiMessage message, ChatResponseMetadata metadata, Supplier<CallReport> report) {
    super(ChatResponse.builder().aiMessage(message).metadata(metadata));
    this.report = report;
  }

  /** Which target answered, after which attempts, and why the call moved. */
  public CallReport report() {
    return report.get();
  }

  /** The report of an answer; empty when it did not come from a resilient model. */
  public static Optional<CallReport> reportOf(ChatResponse response) {
    return response instanceof ResilientChatResponse own
        ? Optional.of(own.report())
        : Optional.empty();
  }

  @Override
  public Builder toBuilder() {
    return new ReportKeeper(this);
  }

  private static final class ReportKeeper extends Builder {

    private final Supplier<CallReport> report;

    ReportKeeper(ResilientChatResponse response) {
      super(response);
      this.report = response.report;
    }

    @Override
    public ChatResponse build() {
      ChatResponse built = super.build();
      return new ResilientChatResponse(built.aiMessage(), built.metadata(), report);
    }
  }
}
