package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.resilientchat.core.CallReport;
import java.util.Optional;

/**
 * An answer that says how it came about. Message and metadata are the target's own, of the
 * provider's own types. Copies made with {@link #toBuilder} keep the report; equality ignores it.
 */
public final class ResilientChatResponse extends ChatResponse {

  private final CallReport report;

  ResilientChatResponse(ChatResponse answer, CallReport report) {
    super(ChatResponse.builder().aiMessage(answer.aiMessage()).metadata(answer.metadata()));
    this.report = report;
  }

  /** Which target answered, after which attempts, and why the call moved. */
  public CallReport report() {
    return report;
  }

  /** The report of an answer; empty when it did not come from a resilient model. */
  public static Optional<CallReport> reportOf(ChatResponse response) {
    return response instanceof ResilientChatResponse own
        ? Optional.of(own.report)
        : Optional.empty();
  }

  @Override
  public Builder toBuilder() {
    return new ReportKeeper(this);
  }

  private static final class ReportKeeper extends Builder {

    private final CallReport report;

    ReportKeeper(ResilientChatResponse response) {
      super(response);
      this.report = response.report;
    }

    @Override
    public ChatResponse build() {
      return new ResilientChatResponse(super.build(), report);
    }
  }
}
