package io.github.resilientchat.autoconfigure.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

/** When the head of an answer goes, and what it says. */
class EdgeResponseTest {

  private static final String HEADER = "RateLimit";

  private final ExecutorService other = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    other.shutdownNow();
  }

  private static EdgeResponse events(MockHttpServletResponse sent) {
    sent.setContentType("text/event-stream");
    return new EdgeResponse(sent, () -> Map.of(HEADER, "said"));
  }

  @Test
  void headThatIsFlushedBeforeAnyByteIsHeldBackUntilItMayGo() throws Exception {
    MockHttpServletResponse sent = new MockHttpServletResponse();
    EdgeResponse edge = events(sent);

    edge.getOutputStream().flush();
    edge.flushBuffer();
    assertThat(sent.isCommitted()).isFalse();

    edge.opens();
    assertThat(sent.isCommitted()).isTrue();
    assertThat(sent.getHeader(HEADER)).isEqualTo("said");
  }

  @Test
  void headThatMayGoSaysWhatIsLeftHoweverItIsFlushed() throws Exception {
    MockHttpServletResponse sent = new MockHttpServletResponse();
    EdgeResponse edge = events(sent);
    edge.opens();

    edge.getOutputStream().flush();

    assertThat(sent.isCommitted()).isTrue();
    assertThat(sent.getHeader(HEADER)).isEqualTo("said");
  }

  @Test
  void answerOfAnyKindSaysWhatIsLeftWhenItIsFlushedBeforeItsFirstByte() throws Exception {
    MockHttpServletResponse sent = new MockHttpServletResponse();
    EdgeResponse edge = new EdgeResponse(sent, () -> Map.of(HEADER, "said"));
    edge.setContentType("application/json");

    edge.getOutputStream().flush();

    assertThat(sent.getHeader(HEADER)).isEqualTo("said");
  }

  /** Neither finds that the other was there before; the client would hear nothing till a byte. */
  @Test
  void headGoesThatMayGoWhileItIsFlushed() throws Exception {
    AtomicReference<EdgeResponse> opened = new AtomicReference<>();
    MockHttpServletResponse sent =
        new MockHttpServletResponse() {
          @Override
          public String getContentType() {
            // The flush asks for it after it has found that the head may not go.
            EdgeResponse edge = opened.getAndSet(null);
            if (edge != null) {
              openOnAnotherThread(edge);
            }
            return "text/event-stream";
          }
        };
    EdgeResponse edge = new EdgeResponse(sent, () -> Map.of(HEADER, "said"));
    opened.set(edge);

    edge.flushBuffer();

    assertThat(sent.isCommitted()).isTrue();
    assertThat(sent.getHeader(HEADER)).isEqualTo("said");
  }

  private void openOnAnotherThread(EdgeResponse edge) {
    CompletableFuture.runAsync(
            () -> {
              try {
                edge.opens();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            other)
        .orTimeout(1, TimeUnit.MINUTES)
        .join();
  }

  @Test
  void whatWasHeldBackIsForgottenWhenTheAnswerIsReset() throws Exception {
    MockHttpServletResponse sent = new MockHttpServletResponse();
    EdgeResponse edge = events(sent);
    edge.flushBuffer();

    edge.reset();
    edge.opens();

    assertThat(sent.isCommitted()).isFalse();
  }
}
