package io.github.resilientchat.benchmarks;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.github.resilientchat.langchain4j.ResilientStreamingChatModel;
import org.jspecify.annotations.Nullable;

/** LangChain4j over a model that says a number of words at once. */
final class LangChain4jStream {

  private static final ChatRequest HELLO =
      ChatRequest.builder().messages(UserMessage.from("hello")).build();
  private static final PartialResponse WORD = new PartialResponse("word ");
  private static final ChatResponse WHOLE =
      ChatResponse.builder()
          .aiMessage(AiMessage.from("words"))
          .tokenUsage(new TokenUsage(10, 10))
          .finishReason(FinishReason.STOP)
          .build();

  private final Listener listener = new Listener();
  private final StreamingChatModel plain;

  LangChain4jStream(int parts, Pace pace) {
    this.plain = new Instant(parts, pace, listener);
  }

  /** Streams answers, each to its end. */
  Runnable plain() {
    return listeningTo(plain);
  }

  Runnable decorated() {
    return listeningTo(ResilientStreamingChatModel.builder().target("target", plain).build());
  }

  private Runnable listeningTo(StreamingChatModel model) {
    Handler handler = new Handler(listener);
    return () -> {
      listener.begins();
      model.chat(HELLO, handler);
      listener.awaitEnd();
    };
  }

  private record Instant(int parts, Pace pace, Listener listener) implements StreamingChatModel {

    @Override
    public void chat(
        ChatRequest request,
        @Nullable ChatRequestOptions options,
        StreamingChatResponseHandler handler) {
      PartialResponseContext context = new PartialResponseContext(new Handle());
      for (int part = 1; part <= parts; part++) {
        handler.onPartialResponse(WORD, context);
        pace.after(part, listener);
      }
      handler.onCompleteResponse(WHOLE);
    }

    @Override
    public void chat(ChatRequest request, StreamingChatResponseHandler handler) {
      chat(request, null, handler);
    }
  }

  private record Handler(Listener listener) implements StreamingChatResponseHandler {

    @Override
    public void onPartialResponse(PartialResponse text, PartialResponseContext context) {
      listener.hears();
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      listener.ends();
    }

    @Override
    public void onError(Throwable error) {
      throw new AssertionError(error);
    }
  }

  private static final class Handle implements StreamingHandle {

    @Override
    public void cancel() {}

    @Override
    public boolean isCancelled() {
      return false;
    }
  }
}
