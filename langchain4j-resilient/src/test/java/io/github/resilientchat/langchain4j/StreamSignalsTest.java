package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParseException;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.resilientchat.core.adapter.StreamThreads;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.report.DecisionLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What handlers may rely on; those about exceptions mirror {@code AbstractStreamingChatModelIT} of
 * LangChain4j, whose own tests need a model that knows of Berlin.
 */
class StreamSignalsTest {

  private static final RuntimeException OURS = new RuntimeException("a bug in the handler");

  private final ScriptedStream first = ScriptedStream.named("model-a");
  private final ScriptedStream second = ScriptedStream.named("model-b");
  private final List<Throwable> heard = new ArrayList<>();
  private final DecisionLog log = new DecisionLog(1);
  private final ResilientStreamingChatModel model =
      ResilientStreamingChatModel.builder()
          .target("a", first)
          .fallback("b", second)
          .threads(new StreamThreads(Runnable::run, StreamThreads.shared().alarms()))
          .listeners(List.of(new Errors()))
          .engine(Engine.builder().listener(log).build())
          .build();

  @Test
  void exceptionThrownOnATokenComesBackAndTheStreamGoesOn() {
    RecordingHandler handler =
        new RecordingHandler() {
          @Override
          public void onPartialResponse(PartialResponse text, PartialResponseContext context) {
            super.onPartialResponse(text, context);
            throw OURS;
          }
        };
    first.then(
        to -> {
          to.onPartialResponse("Ber");
          to.onPartialResponse("lin");
          to.onCompleteResponse(Answers.text("Berlin"));
        });

    model.chat(Answers.hello(), handler);

    assertThat(handler.signals)
        .containsExactly("text Ber", "error", "text lin", "error", "complete");
    assertThat(handler.errors).containsExactly(OURS, OURS);
    assertThat(heard).containsExactly(OURS, OURS);
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void whatTheFirstModelRefusesIsThrown() {
    RecordingHandler handler = new RecordingHandler();
    UnsupportedFeatureException refusal = new UnsupportedFeatureException("topK");
    first.then(throwing(refusal));

    assertThatThrownBy(() -> model.chat(Answers.hello(), handler)).isSameAs(refusal);

    assertThat(handler.signals).isEmpty();
    assertThat(heard).containsExactly(refusal);
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void whatALaterModelRefusesReachesTheHandler() {
    RecordingHandler handler = new RecordingHandler();
    UnsupportedFeatureException refusal = new UnsupportedFeatureException("topK");
    first.then(throwing(new InternalServerException("down")));
    second.then(throwing(refusal));

    model.chat(Answers.hello(), handler);

    assertThat(handler.errors).containsExactly(refusal);
  }

  @Test
  void argumentsThatAreNoJsonAreTheFrameworksErrorAndNobodysFault() {
    RecordingHandler handler = new RecordingHandler();
    RuntimeException unreadable = new RuntimeException(new JsonParseException(null, "{"));
    first.then(
        to -> {
          to.onPartialResponse("wait");
          to.onCompleteToolCall(
              new CompleteToolCall(
                  0, ToolExecutionRequest.builder().name("pay").arguments("{").build()));
          to.onError(unreadable);
        });

    model.chat(Answers.hello(), handler);

    assertThat(handler.signals).containsExactly("text wait", "tool pay", "error");
    assertThat(handler.errors).containsExactly(unreadable);
    assertThat(log.recent().get(0).attempts())
        .extracting(tried -> tried.failure().kind())
        .containsExactly(FailureKind.REJECTED);
  }

  private static Consumer<StreamingChatResponseHandler> throwing(RuntimeException error) {
    return to -> {
      throw error;
    };
  }

  @Test
  void exceptionThrownOnCompletionComesBackOnce() {
    RecordingHandler handler = throwingOnCompletion();
    first.answers("Berlin");

    model.chat(Answers.hello(), handler);

    assertThat(handler.signals).containsExactly("text Berlin", "complete", "error");
    assertThat(handler.errors).containsExactly(OURS);
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void exceptionThrownOnAnErrorIsIgnored() {
    RecordingHandler handler =
        new RecordingHandler() {
          @Override
          public void onCompleteResponse(ChatResponse response) {
            super.onCompleteResponse(response);
            throw OURS;
          }

          @Override
          public void onError(Throwable error) {
            super.onError(error);
            throw new IllegalStateException("a bug in the error handling");
          }
        };
    first.answers("Berlin");

    model.chat(Answers.hello(), handler);

    assertThat(handler.errors).containsExactly(OURS);
  }

  @Test
  void emptyTextIsNoContent() {
    RecordingHandler handler = new RecordingHandler();
    first.then(
        to -> {
          to.onPartialResponse("");
          to.onError(new InternalServerException("down"));
        });
    second.answers("from b");

    model.chat(Answers.hello(), handler);

    assertThat(handler.error()).isNull();
    assertThat(handler.signals).containsExactly("text from b", "complete");
  }

  @Test
  void callGoesOnWhenTheApplicationHasShutItsExecutorDown() throws Exception {
    ExecutorService down = Executors.newSingleThreadExecutor();
    down.shutdown();
    first.fails(new RateLimitException("slow down"));
    second.answers("from b");
    RecordingHandler handler = new RecordingHandler();

    ResilientStreamingChatModel.builder()
        .target("a", first)
        .fallback("b", second)
        .executor(down)
        .build()
        .chat(Answers.hello(), handler);

    assertThat(handler.answer().aiMessage().text()).isEqualTo("from b");
  }

  @Test
  void handlerHearsOneSignalAtATimeWhoeverSendsThem() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    Set<Integer> most = ConcurrentHashMap.newKeySet();
    RecordingHandler handler =
        new RecordingHandler() {
          @Override
          public void onPartialResponse(PartialResponse text, PartialResponseContext context) {
            most.add(inside.incrementAndGet());
            super.onPartialResponse(text, context);
            inside.decrementAndGet();
          }
        };
    model.chat(Answers.hello(), handler);
    int senders = 4;
    CountDownLatch sent = new CountDownLatch(senders);
    ExecutorService threads = Executors.newFixedThreadPool(senders);
    for (int sender = 0; sender < senders; sender++) {
      threads.execute(
          () -> {
            for (int token = 0; token < 2_000; token++) {
              first.stream().onPartialResponse("x");
            }
            sent.countDown();
          });
    }
    assertThat(sent.await(30, TimeUnit.SECONDS)).isTrue();
    threads.shutdown();
    first.stream().onError(new IllegalStateException("reset"));

    assertThat(most).containsExactly(1);
    assertThat(handler.error()).isNotNull();
    assertThat(handler.signals).hasSize(senders * 2_000 + 1).endsWith("error");
  }

  private static RecordingHandler throwingOnCompletion() {
    return new RecordingHandler() {
      @Override
      public void onCompleteResponse(ChatResponse response) {
        super.onCompleteResponse(response);
        throw OURS;
      }
    };
  }

  private final class Errors implements ChatModelListener {
    @Override
    public void onError(ChatModelErrorContext context) {
      heard.add(context.error());
    }
  }
}
