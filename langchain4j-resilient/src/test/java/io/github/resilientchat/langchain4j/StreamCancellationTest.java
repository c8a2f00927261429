package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.resilientchat.core.adapter.StreamThreads;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.RoutePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamCancellationTest {

  private final VirtualTime time = new VirtualTime();
  private final ScriptedStream first = ScriptedStream.named("model-a");
  private final ScriptedStream second = ScriptedStream.named("model-b");
  private final List<CallReport> reports = new ArrayList<>();
  private final RecordingHandler handler = new RecordingHandler();
  private final ResilientStreamingChatModel model =
      ResilientStreamingChatModel.builder()
          .engine(Engine.builder().ticker(time).listener(new Reports()).build())
          .threads(new StreamThreads(Runnable::run, time))
          .policy(RoutePolicy.DEFAULTS.withMaxWait(Duration.ofSeconds(30)))
          .target("a", first)
          .fallback("b", second)
          .build();

  @Test
  void cancellingAfterATokenStopsTheExchangeAndSaysNothingMore() {
    RecordingHandler once =
        new RecordingHandler() {
          @Override
          public void onPartialResponse(PartialResponse text, PartialResponseContext context) {
            super.onPartialResponse(text, context);
            context.streamingHandle().cancel();
            assertThat(context.streamingHandle().isCancelled()).isTrue();
          }
        };
    model.chat(Answers.hello(), once);

    first.stream().onPartialResponse("Hel");
    first.stream().onPartialResponse("lo");
    first.stream().onCompleteResponse(Answers.text("Hello"));
    first.stream().onError(new InternalServerException("closed"));
    time.advance(Duration.ofMinutes(5));

    assertThat(once.signals).containsExactly("text Hel");
    assertThat(first.stopped()).isEqualTo(1);
    assertThat(second.requests()).isEmpty();
    assertThat(reports).extracting(CallReport::ending).containsExactly(CallReport.Ending.CANCELLED);
  }

  @Test
  void handlerThatCancelsAndThenThrowsHearsNothingMore() {
    RecordingHandler broken =
        new RecordingHandler() {
          @Override
          public void onPartialResponse(PartialResponse text, PartialResponseContext context) {
            context.streamingHandle().cancel();
            throw new IllegalStateException("a bug in the handler");
          }
        };
    model.chat(Answers.hello(), broken);

    first.stream().onPartialResponse("Hel");

    assertThat(broken.signals).isEmpty();
  }

  @Test
  void cancellingReachesTheModelsOwnHandle() {
    Handle own = new Handle();
    model.chat(Answers.hello(), handler);
    first.stream().onPartialResponse(new PartialResponse("Hel"), new PartialResponseContext(own));

    handler.handle.cancel();
    handler.handle.cancel();

    assertThat(own.cancelled).isEqualTo(1);
  }

  @Test
  void cancellingBeforeTheFirstTokenStopsTheExchangeWithoutFallback() {
    model.chat(Answers.hello(), handler);

    handler.handle.cancel();
    first.stream().onError(new InternalServerException("closed"));

    assertThat(handler.signals).isEmpty();
    assertThat(first.stopped()).isEqualTo(1);
    assertThat(second.requests()).isEmpty();
    assertThat(reports).extracting(CallReport::ending).containsExactly(CallReport.Ending.CANCELLED);
  }

  @Test
  void cancellingDuringAPauseEndsTheCall() {
    first.fails(new RateLimitException("slow down"));
    second.fails(new RateLimitException("slow down"));
    model.chat(Answers.hello(), handler);
    assertThat(second.requests()).hasSize(1);
    assertThat(reports).isEmpty();

    handler.handle.cancel();
    time.advance(Duration.ofMinutes(1));

    assertThat(handler.signals).isEmpty();
    assertThat(first.requests()).hasSize(1);
    assertThat(reports).extracting(CallReport::ending).containsExactly(CallReport.Ending.CANCELLED);
  }

  @Test
  void callCancelledAtItsStartTouchesNoTarget() {
    RecordingHandler never =
        new RecordingHandler() {
          @Override
          public void onStart(StreamingHandle handle) {
            handle.cancel();
          }
        };

    model.chat(Answers.hello(), never);

    assertThat(first.requests()).isEmpty();
    assertThat(never.signals).isEmpty();
  }

  private final class Reports implements RouteListener {
    @Override
    public void onAttempt(String route, AttemptReport attempt) {}

    @Override
    public void onCall(CallReport report) {
      reports.add(report);
    }
  }

  private static final class Handle implements StreamingHandle {
    private int cancelled;

    @Override
    public void cancel() {
      cancelled++;
    }

    @Override
    public boolean isCancelled() {
      return cancelled > 0;
    }
  }
}
