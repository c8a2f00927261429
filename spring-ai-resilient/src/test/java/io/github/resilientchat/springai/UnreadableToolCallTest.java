package io.github.resilientchat.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParseException;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/** A model cannot be sent a conversation whose tool call has arguments that are no JSON. */
class UnreadableToolCallTest {

  enum Way {
    CALL((model, prompt) -> model.call(prompt)),
    STREAM((model, prompt) -> model.stream(prompt).blockLast(Duration.ofSeconds(30)));

    private final BiFunction<ChatModel, Prompt, ChatResponse> ask;

    Way(BiFunction<ChatModel, Prompt, ChatResponse> ask) {
      this.ask = ask;
    }
  }

  /** As Spring AI's models throw it. */
  private final RuntimeException error =
      new RuntimeException(new JsonParseException(null, "unexpected end"));

  private final ScriptedChatModel fallback =
      ScriptedChatModel.streaming().then(Flux.just(ScriptedChatModel.text("ok")));
  private final List<CallReport> reports = new CopyOnWriteArrayList<>();

  @ParameterizedTest
  @EnumSource
  void errorIsTheModelsAndNoTargetsFailure(Way way) {
    assertThatThrownBy(() -> way.ask.apply(model(Flux.error(error)), told("{\"amount\":")))
        .isSameAs(error);

    assertThat(fallback.prompts).isEmpty();
    assertThat(reports.get(0).attempts().get(0).failure().kind()).isEqualTo(FailureKind.REJECTED);
  }

  @ParameterizedTest
  @EnumSource
  void errorAboutAnAnswersJsonIsTheTargetsFailure(Way way) {
    assertThat(text(way.ask.apply(model(Flux.error(error)), told("{\"amount\": 4}"))))
        .isEqualTo("ok");
  }

  @ParameterizedTest
  @EnumSource
  void otherErrorsAreTheTargetsFailures(Way way) {
    RuntimeException other = new RuntimeException(new java.io.IOException("cut"));

    assertThat(text(way.ask.apply(model(Flux.error(other)), told("{\"amount\":")))).isEqualTo("ok");
  }

  @Test
  void modelThatThrowsBeforeItsStreamBeginsIsHeardTheSame() {
    ChatModel throwing =
        new ChatModel() {
          @Override
          public ChatResponse call(Prompt prompt) {
            throw error;
          }

          @Override
          public Flux<ChatResponse> stream(Prompt prompt) {
            throw error;
          }
        };

    assertThatThrownBy(() -> Way.STREAM.ask.apply(model(throwing), told("nonsense")))
        .isSameAs(error);
    assertThatThrownBy(() -> Way.CALL.ask.apply(model(throwing), told("[1]"))).isSameAs(error);
  }

  private ResilientChatModel model(Flux<ChatResponse> said) {
    return model(ScriptedChatModel.streaming().then(said));
  }

  private ResilientChatModel model(ChatModel first) {
    return ResilientChatModel.builder()
        .engine(
            Engine.builder()
                .listener(
                    new RouteListener() {
                      @Override
                      public void onCall(CallReport report) {
                        reports.add(report);
                      }
                    })
                .build())
        .target("one", first)
        .fallback("two", fallback)
        .build();
  }

  private static String text(ChatResponse answer) {
    return answer.getResult().getOutput().getText();
  }

  private static Prompt told(String arguments) {
    return new Prompt(
        List.of(
            new UserMessage("Pay"),
            AssistantMessage.builder()
                .content("")
                .toolCalls(
                    List.of(new AssistantMessage.ToolCall("t1", "function", "pay", arguments)))
                .build(),
            ToolResponseMessage.builder()
                .responses(List.of(new ToolResponseMessage.ToolResponse("t1", "pay", "paid")))
                .build()));
  }
}
