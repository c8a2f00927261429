package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import io.github.resilientchat.core.adapter.StreamThreads;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallListenersTest {

  private final List<String> heard = new ArrayList<>();
  private final ScriptedModel first =
      ScriptedModel.named("model-a")
          .fails(new RateLimitException("slow down"))
          .listening(new Noting("a"));
  private final ScriptedModel second =
      ScriptedModel.named("model-b").answers("hi").listening(new Noting("b"));

  @Test
  void callIsHeardOnceAndEachAttemptOnceByItsOwnModel() {
    model(new Noting("call")).chat(Answers.hello(), trace("t-1"));

    assertThat(heard)
        .containsExactly(
            "call request default t-1",
            "a request model-a t-1",
            "a error",
            "b request model-b t-1",
            "b response",
            "call response");
  }

  @Test
  void callsErrorIsWhatTheCallerGets() {
    ScriptedModel also = ScriptedModel.named("model-b").fails(new RateLimitException("slow"));
    ResilientChatModel model =
        ResilientChatModel.builder()
            .target("a", also)
            .listeners(List.of(new Noting("call")))
            .build();

    assertThatThrownBy(() -> model.chat("hello"));
    assertThat(heard).containsExactly("call request default null", "call error");
  }

  @Test
  void listenerThatThrowsHarmsNobody() {
    ChatModelListener broken =
        new ChatModelListener() {
          @Override
          public void onRequest(ChatModelRequestContext context) {
            throw new IllegalStateException("a bug in the listener");
          }

          @Override
          public void onResponse(ChatModelResponseContext context) {
            throw new IllegalStateException("a bug in the listener");
          }
        };

    assertThat(model(broken, new Noting("call")).chat("hello")).isEqualTo("hi");
    assertThat(heard).startsWith("call request default null").endsWith("call response");
  }

  @Test
  void handlerHearsNothingOnceAListenerHasCancelled() {
    RecordingHandler handler = new RecordingHandler();
    ChatModelListener leaving =
        new ChatModelListener() {
          @Override
          public void onResponse(ChatModelResponseContext context) {
            handler.handle.cancel();
          }

          @Override
          public void onError(ChatModelErrorContext context) {
            handler.handle.cancel();
          }
        };

    stream(ScriptedStream.named("model").answers("hi"), leaving).chat(Answers.hello(), handler);
    assertThat(handler.signals).containsExactly("text hi");

    handler.signals.clear();
    stream(ScriptedStream.named("model").fails(new InvalidRequestException("no")), leaving)
        .chat(Answers.hello(), handler);
    assertThat(handler.signals).isEmpty();
  }

  private static ResilientStreamingChatModel stream(
      ScriptedStream target, ChatModelListener listener) {
    return ResilientStreamingChatModel.builder()
        .threads(new StreamThreads(Runnable::run, (delay, action) -> () -> {}))
        .target("a", target)
        .listeners(List.of(listener))
        .build();
  }

  private ResilientChatModel model(ChatModelListener... listeners) {
    return ResilientChatModel.builder()
        .target("a", first)
        .fallback("b", second)
        .listeners(List.of(listeners))
        .build();
  }

  private static ChatRequestOptions trace(String id) {
    return ChatRequestOptions.builder().addListenerAttribute("trace", id).build();
  }

  private final class Noting implements ChatModelListener {
    private final String name;

    Noting(String name) {
      this.name = name;
    }

    @Override
    public void onRequest(ChatModelRequestContext context) {
      heard.add(
          name
              + " request "
              + context.chatRequest().modelName()
              + " "
              + context.attributes().get("trace"));
    }

    @Override
    public void onResponse(ChatModelResponseContext context) {
      heard.add(name + " response");
    }

    @Override
    public void onError(ChatModelErrorContext context) {
      heard.add(name + " error");
    }
  }
}
