package io.github.resilientchat.springai;

import static io.github.resilientchat.springai.ScriptedChatModel.end;
import static io.github.resilientchat.springai.ScriptedChatModel.streaming;
import static io.github.resilientchat.springai.ScriptedChatModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.resilientchat.core.report.StreamInterruptedException;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/**
 * Above its models the decorator warns of nothing: what failed is answered, or told to the caller.
 */
class QuietFailoverTest {

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Level before = root.getLevel();

  @BeforeEach
  void listen() {
    log.start();
    root.addAppender(log);
    root.setLevel(Level.WARN);
  }

  @AfterEach
  void stop() {
    root.detachAppender(log);
    root.setLevel(before);
  }

  @Test
  void streamThatFellBackLeavesNothingInTheLog() {
    StepVerifier.create(
            stream(
                streaming(Flux.error(new IOException("down"))),
                streaming(Flux.just(text("hi"), end(1, 1)))))
        .expectNextCount(2)
        .verifyComplete();

    assertThat(log.list).isEmpty();
  }

  @Test
  void streamThatBrokeTellsItsCallerOnly() {
    StepVerifier.create(
            stream(streaming(Flux.just(text("hi")).concatWith(Flux.error(new IOException())))))
        .expectNextCount(1)
        .verifyError(StreamInterruptedException.class);

    assertThat(log.list).isEmpty();
  }

  private static Flux<?> stream(ChatModel... models) {
    ResilientChatModel.Builder model = ResilientChatModel.builder();
    for (int i = 0; i < models.length; i++) {
      model.target("t" + i, models[i]);
    }
    return model.build().stream(new Prompt("hi"));
  }
}
