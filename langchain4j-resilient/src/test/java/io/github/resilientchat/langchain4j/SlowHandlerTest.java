package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.resilientchat.simulator.Answer;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** An answer of 50 MB, whose handler is busy with its first word. */
class SlowHandlerTest {

  private static final String PIECE = "x".repeat(8_192);
  private static final int PIECES = 6_400;
  private static final long LENGTH = (long) PIECE.length() * PIECES;
  private static final long SMALL = 4L << 20;

  private final AtomicLong taken = new AtomicLong();
  private final CountDownLatch first = new CountDownLatch(1);
  private final CountDownLatch free = new CountDownLatch(1);

  @Test
  void clientTakesOnlyALittleUntilTheHandlerIsFreeAndThenAllOfIt() throws Exception {
    try (SimulatedBedrock bedrock = new SimulatedBedrock(Duration.ZERO)) {
      bedrock.bedrock.answer(call -> Answer.words(Collections.nCopies(PIECES, PIECE)));
      Busy busy = new Busy();
      ResilientStreamingChatModel.builder()
          .target(SimulatedBedrock.target("blue"), counted(bedrock.stream("blue")))
          .build()
          .chat(Answers.hello(), busy);
      assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();

      // As long as another stream takes for several times what may be kept.
      bedrock.bedrock.answer(call -> Answer.words(Collections.nCopies(PIECES / 3, PIECE)));
      RecordingHandler other = new RecordingHandler();
      bedrock.stream("green").chat(Answers.hello(), other);
      other.answer();
      assertThat(taken).hasValueLessThan(SMALL);

      free.countDown();
      assertThat(busy.end.get(60, TimeUnit.SECONDS)).isEqualTo(LENGTH);
    }
  }

  /** Counts what the client hands over. */
  private StreamingChatModel counted(StreamingChatModel model) {
    return new StreamingChatModel() {
      @Override
      public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        model.chat(
            request,
            new StreamingChatResponseHandler() {
              @Override
              public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
                taken.addAndGet(part.text().length());
                handler.onPartialResponse(part, context);
              }

              @Override
              public void onCompleteResponse(ChatResponse response) {
                handler.onCompleteResponse(response);
              }

              @Override
              public void onError(Throwable error) {
                handler.onError(error);
              }
            });
      }
    };
  }

  private final class Busy implements StreamingChatResponseHandler {

    private final CompletableFuture<Long> end = new CompletableFuture<>();
    private long told;

    @Override
    public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
      told += part.text().length();
      first.countDown();
      try {
        free.await(60, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      end.complete(told);
    }

    @Override
    public void onError(Throwable error) {
      end.completeExceptionally(error);
    }
  }
}
