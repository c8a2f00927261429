package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Targets that are known by their names alone may be any chat models. */
class AnyModelTest {

  private static final String ROUTER = "io.github.resilientchat.core.Router";

  @ParameterizedTest
  @MethodSource
  void whatNobodyKnowsMovesOn(RuntimeException error) {
    ChatModel model =
        ResilientChatModel.builder()
            .target("first", failing(error))
            .fallback("second", answering("second"))
            .build();

    assertThat(model.chat("Hello")).isEqualTo("second");
  }

  static List<RuntimeException> whatNobodyKnowsMovesOn() {
    return List.of(
        new RuntimeException("x"),
        new IllegalStateException("x"),
        new NullPointerException(),
        new ClassCastException("x"),
        new HttpException(500, "x"));
  }

  @Test
  void anArgumentThatIsRefusedIsTheCallersOwn() {
    IllegalArgumentException refused = new IllegalArgumentException("x");
    ChatModel model =
        ResilientChatModel.builder()
            .target("first", failing(refused))
            .fallback("second", answering("second"))
            .build();

    assertThatThrownBy(() -> model.chat("Hello")).isSameAs(refused);
  }

  @Test
  void modelsOfUnknownPlaceShareNothing() {
    AtomicInteger asked = new AtomicInteger();
    ChatModel model =
        ResilientChatModel.builder()
            .target("expired", failing(new HttpException(401, "x")))
            .fallback(
                "sound",
                new Canned() {
                  @Override
                  public ChatResponse doChat(ChatRequest request) {
                    asked.incrementAndGet();
                    return answer("sound");
                  }
                })
            .build();

    for (int i = 0; i < 5; i++) {
      assertThat(model.chat("Hello")).isEqualTo("sound");
    }
    assertThat(asked).hasValue(5);
  }

  @Test
  void twoTargetsOfOneNameAreAMistake() {
    assertThatThrownBy(
            () ->
                ResilientChatModel.builder()
                    .target("sonnet", answering("a"))
                    .target("sonnet", answering("b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two targets are named sonnet");
  }

  @Test
  void aClientThatMayRetryByItselfIsToldOfOnce() {
    Logger logger = (Logger) LoggerFactory.getLogger(ROUTER);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.WARN);
    try {
      ChatModel model =
          ResilientChatModel.builder()
              .target("stacked", failing(new HttpException(503, "x")))
              .fallback("other", answering("other"))
              .build();
      model.chat("Hello");
      model.chat("Hello");
    } finally {
      logger.setLevel(null);
      logger.detachAppender(lines);
    }

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(line -> line.startsWith("target stacked failed"))
        .singleElement()
        .asString()
        .contains("turn off the retries");
  }

  private interface Canned extends ChatModel {

    default ChatResponse answer(String text) {
      return ChatResponse.builder().aiMessage(AiMessage.from(text)).build();
    }
  }

  private static ChatModel answering(String text) {
    return new Canned() {
      @Override
      public ChatResponse doChat(ChatRequest request) {
        return answer(text);
      }
    };
  }

  private static ChatModel failing(RuntimeException error) {
    return new Canned() {
      @Override
      public ChatResponse doChat(ChatRequest request) {
        throw error;
      }
    };
  }
}
