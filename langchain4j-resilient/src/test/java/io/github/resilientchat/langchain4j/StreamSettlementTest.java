package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.core.adapter.StreamThreads;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.Plan;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.QuotaExceededException;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.report.StreamInterruptedException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a stream costs its caller when the target never says it. The quota is 1,000 tokens. */
class StreamSettlementTest {

  /** 350 characters, 100 tokens. */
  private static final String WORDS = "1234567".repeat(50);

  private static final InstantSource DAY = () -> Instant.EPOCH;

  private final VirtualTime time = new VirtualTime();
  private final ScriptedStream target = ScriptedStream.named("model-a");
  private final List<CallReport> reports = new ArrayList<>();
  private final RecordingHandler handler = new RecordingHandler();
  private final ResilientStreamingChatModel model =
      ResilientStreamingChatModel.builder()
          .engine(engine())
          .threads(new StreamThreads(Runnable::run, time))
          .target("a", target)
          .build()
          .forCaller(Caller.user("alice"));

  @Test
  void cancelledStreamIsChargedForWhatItSent() {
    model.chat(asking(800), handler);
    target.stream().onPartialResponse(WORDS);

    handler.handle.cancel();

    assertThat(charged()).isEqualTo(Usage.of(2, 100));
    assertThat(admits(890)).isTrue();
    assertThat(admits(890)).isFalse();
  }

  @Test
  void brokenStreamIsChargedForWhatItSentAndSaysSo() {
    model.chat(asking(800), handler);
    target.stream().onPartialThinking(new PartialThinking(WORDS));
    target.stream().onPartialResponse(WORDS);
    target.stream().onError(new InternalServerException("reset"));

    assertThat(((StreamInterruptedException) handler.error()).tokensReceived()).isEqualTo(200);
    assertThat(admits(790)).isTrue();
  }

  @Test
  void toolCallThatCameInPiecesCountsOnce() {
    model.chat(asking(800), handler);
    for (int half = 0; half < 2; half++) {
      target.stream()
          .onPartialToolCall(
              PartialToolCall.builder()
                  .index(0)
                  .id("1")
                  .name("pay")
                  .partialArguments("1234567".repeat(25))
                  .build());
    }
    target.stream().onCompleteToolCall(toolCall());
    target.stream().onCompleteToolCall(toolCall());
    handler.handle.cancel();

    // Twice the arguments and twice the name: 706 characters.
    assertThat(charged()).isEqualTo(Usage.of(2, 202));
  }

  @Test
  void toolArgumentsThatOnlyTheClientSawAreChargedBesideTheText() {
    model.chat(asking(800), handler);
    Exchange exchange = target.exchange();
    exchange.progressed(WORDS.length());
    target.stream().onPartialResponse(WORDS);
    exchange.progressed(WORDS.length());
    target.stream().onError(new InternalServerException("reset"));

    assertThat(((StreamInterruptedException) handler.error()).tokensReceived()).isEqualTo(200);
    assertThat(charged()).isEqualTo(Usage.of(2, 200));
    assertThat(admits(790)).isTrue();
  }

  @Test
  void cancelledBeforeAnyContentKeepsTheReservation() {
    model.chat(asking(800), handler);

    handler.handle.cancel();

    assertThat(admits(300)).isFalse();
  }

  private static CompleteToolCall toolCall() {
    return new CompleteToolCall(
        0, ToolExecutionRequest.builder().id("1").name("pay").arguments(WORDS).build());
  }

  private Usage charged() {
    return reports.get(0).usage();
  }

  private boolean admits(int output) {
    RecordingHandler next = new RecordingHandler();
    model.chat(asking(output), next);
    boolean refused =
        next.errors.stream().anyMatch(error -> error instanceof QuotaExceededException);
    return !refused;
  }

  private static ChatRequest asking(int output) {
    return ChatRequest.builder()
        .messages(Answers.hello().messages())
        .maxOutputTokens(output)
        .build();
  }

  private Engine engine() {
    Plan plan = new Plan("free", Limits.parse("1000tpd"), Set.of());
    return Engine.builder()
        .ticker(time)
        .quotas(PlanQuotas.builder().everyone(plan).ticker(time).clock(DAY).build())
        .listener(
            new RouteListener() {
              @Override
              public void onCall(CallReport report) {
                reports.add(report);
              }
            })
        .build();
  }
}
