package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that say null, which nothing keeps them from. */
class StreamOfNothingTest {

  static Stream<Named<Consumer<StreamingChatResponseHandler>>> nothings() {
    return Stream.of(
        says("text", to -> to.onPartialResponse((PartialResponse) null, context())),
        says("thinking", to -> to.onPartialThinking((PartialThinking) null)),
        says("piece of a tool call", to -> to.onPartialToolCall((PartialToolCall) null)),
        says("tool call", to -> to.onCompleteToolCall((CompleteToolCall) null)),
        says("answer", to -> to.onCompleteResponse(null)),
        says("error", to -> to.onError(null)));
  }

  private static Named<Consumer<StreamingChatResponseHandler>> says(
      String name, Consumer<StreamingChatResponseHandler> what) {
    return Named.of(name, what);
  }

  private static PartialResponseContext context() {
    return new PartialResponseContext(
        new StreamingHandle() {
          @Override
          public void cancel() {}

          @Override
          public boolean isCancelled() {
            return false;
          }
        });
  }

  @ParameterizedTest
  @MethodSource("nothings")
  void targetThatSaysNullIsLeftForTheNextAndHearsNoException(
      Consumer<StreamingChatResponseHandler> nothing) throws Exception {
    List<Throwable> thrown = new ArrayList<>();
    RecordingHandler handler = new RecordingHandler();
    ResilientStreamingChatModel.builder()
        .target("a", ScriptedStream.named("a").then(to -> noting(thrown, () -> nothing.accept(to))))
        .fallback("b", ScriptedStream.named("b").answers("hi"))
        .build()
        .chat(Answers.hello(), handler);

    assertThat(handler.answer().aiMessage().text()).isEqualTo("hi");
    assertThat(handler.signals).containsExactly("text hi", "complete");
    assertThat(thrown).isEmpty();
  }

  @Test
  void textThatIsNullIsNoContent() throws Exception {
    RecordingHandler handler = new RecordingHandler();
    ResilientStreamingChatModel.builder()
        .target(
            "a",
            ScriptedStream.named("a")
                .then(
                    to -> {
                      to.onPartialResponse((String) null);
                      to.onPartialResponse("hi");
                      to.onCompleteResponse(Answers.text("hi"));
                    }))
        .build()
        .chat(Answers.hello(), handler);

    assertThat(handler.answer().aiMessage().text()).isEqualTo("hi");
    assertThat(handler.signals).containsExactly("text hi", "complete");
  }

  /** As a client would, whose thread goes on. */
  private static void noting(List<Throwable> thrown, Runnable saying) {
    try {
      saying.run();
    } catch (RuntimeException fault) {
      thrown.add(fault);
    }
  }
}
