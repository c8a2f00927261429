package io.github.resilientchat.springai;

import static io.github.resilientchat.springai.ScriptedChatModel.end;
import static io.github.resilientchat.springai.ScriptedChatModel.streaming;
import static io.github.resilientchat.springai.ScriptedChatModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.core.report.StreamInterruptedException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/**
 * Above its models the decorator warns of nothing: what failed is answered, or told to the caller.
 */
class QuietFailoverTest {

  /** Loggers of other tests' clients and servers, which may speak up in this one. */
  private static final List<String> OTHERS =
      List.of("io.vertx", "io.netty", "software.amazon", "org.springframework.ai.bedrock");

  /** And their threads. */
  private static final List<String> OTHER_THREADS = List.of("aws-java-sdk", "resilient-bedrock");

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Level before = root.getLevel();

  @BeforeEach
  void listen() {
    log.list = new CopyOnWriteArrayList<>();
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
                streaming(joined(Flux.error(new IOException("down")))),
                streaming(Flux.just(text("hi"), end(1, 1)))))
        .expectNextCount(2)
        .verifyComplete();

    assertThat(said()).isEmpty();
  }

  @Test
  void streamThatBrokeTellsItsCallerOnly() {
    StepVerifier.create(
            stream(
                streaming(joined(Flux.just(text("hi")).concatWith(Flux.error(new IOException()))))))
        .expectNextCount(1)
        .verifyError(StreamInterruptedException.class);

    assertThat(said()).isEmpty();
  }

  /** By whom this test concerns: no model in it has a client. */
  private List<ILoggingEvent> said() {
    return log.list.stream()
        .filter(event -> OTHERS.stream().noneMatch(event.getLoggerName()::startsWith))
        .filter(event -> OTHER_THREADS.stream().noneMatch(event.getThreadName()::startsWith))
        .toList();
  }

  /** As over a client that makes no retries of its own: of another the log says so, once. */
  private static Flux<ChatResponse> joined(Flux<ChatResponse> stream) {
    return Flux.defer(
        () -> {
          Exchange.current().orElseThrow().onStop(() -> {});
          return stream;
        });
  }

  private static Flux<?> stream(ChatModel... models) {
    ResilientChatModel.Builder model = ResilientChatModel.builder();
    model.target("t0", models[0]);
    for (int i = 1; i < models.length; i++) {
      model.fallback("t" + i, models[i]);
    }
    return model.build().stream(new Prompt("hi"));
  }
}
