package io.github.resilientchat.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.Usage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Whole answers that stop for reasons which a framework does not know, over its own model and the
 * guarded clients alone.
 */
class StopReasonAloneTest {

  private static final String TEXT = "A good answer that was paid for";
  private static final String RARE = "model_context_window_exceeded";

  private final List<Object> ends = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Object> end = new CompletableFuture<>();
  private Lab lab = new Lab(Wire.H2C);

  @AfterEach
  void stop() {
    lab.close();
  }

  private void answer(String reason) {
    lab.bedrock.answer(call -> Answer.text(TEXT).withStopReason(reason).withUsage(Usage.of(10, 7)));
  }

  private void over(Wire wire) {
    lab.close();
    lab = new Lab(wire);
  }

  private Object streamed() throws Exception {
    StringBuffer pieces = new StringBuffer();
    lab.stream(Words.BLUE)
        .chat(
            "hello",
            new StreamingChatResponseHandler() {
              @Override
              public void onPartialResponse(String piece) {
                pieces.append(piece);
              }

              @Override
              public void onCompleteResponse(ChatResponse response) {
                ended(response);
              }

              @Override
              public void onError(Throwable error) {
                ended(error);
              }
            });
    Object outcome = end.get(Lab.AT_MOST.toSeconds(), TimeUnit.SECONDS);
    lab.bedrock.awaitIdle(Lab.AT_MOST);
    assertThat(ends).containsExactly(outcome);
    assertThat(pieces).hasToString(TEXT);
    return outcome;
  }

  private void ended(Object how) {
    ends.add(how);
    end.complete(how);
  }

  private static void assertWhole(ChatResponse answer, FinishReason reason) {
    assertThat(answer.aiMessage().text()).isEqualTo(TEXT);
    assertThat(answer.finishReason()).isEqualTo(reason);
    assertThat(answer.tokenUsage().inputTokenCount()).isEqualTo(10);
    assertThat(answer.tokenUsage().outputTokenCount()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "H2C, model_context_window_exceeded, LENGTH",
    "HTTP_1_1, model_context_window_exceeded, LENGTH",
    "H2C, malformed_tool_use, STOP",
    "H2C, refusal, STOP",
    "H2C, guardrail_intervened, CONTENT_FILTER"
  })
  void streamOfLangChain4jKeepsTheAnswer(Wire wire, String said, FinishReason heard)
      throws Exception {
    over(wire);
    answer(said);
    assertWhole((ChatResponse) streamed(), heard);
  }

  @ParameterizedTest
  @CsvSource({"model_context_window_exceeded, LENGTH", "malformed_tool_use, STOP", "refusal, STOP"})
  void blockingModelOfLangChain4jGetsTheAnswerWhenItIsAskedOnceMore(String said, FinishReason heard)
      throws Exception {
    answer(said);
    ChatModel model = lab.chat(Words.BLUE);
    Exchange exchange = new Exchange(Lab.AT_MOST, false);
    try (Exchange.Scope ignored = exchange.open()) {
      assertThatThrownBy(() -> model.chat(UserMessage.from("hello")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(exchange.kept()).isPresent();
      assertThat(exchange.usage()).contains(io.github.resilientchat.core.Usage.of(10, 7));
      assertWhole(model.chat(UserMessage.from("hello")), heard);
    }
    assertThat(lab.bedrock.awaitInvocations(1, Lab.AT_MOST)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void streamOfSpringAiHearsTheReasonAsItIsAndOnce(Wire wire) {
    over(wire);
    answer(RARE);
    List<String> reasons =
        lab.springAi(Words.BLUE).stream(new Prompt("hello"))
            .mapNotNull(part -> part.getResult())
            .mapNotNull(result -> result.getMetadata().getFinishReason())
            .collectList()
            .block(Lab.AT_MOST);
    assertThat(reasons).containsExactly(RARE);
  }

  @Test
  void blockingModelOfSpringAiHearsTheReasonAsItIs() {
    answer(RARE);
    assertThat(
            lab.springAi(Words.BLUE)
                .call(new Prompt("hello"))
                .getResult()
                .getMetadata()
                .getFinishReason())
        .isEqualTo(RARE);
  }
}
