package io.github.resilientchat.langchain4j;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelListenerIT;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelListenerIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;

/** Decorators as one writes them first: describe the primary, implement only {@code doChat}. */
final class NaiveDecorators {

  private NaiveDecorators() {}

  record Naive(ChatModel primary, ChatModel fallback) implements ChatModel {
    @Override
    public ChatResponse doChat(ChatRequest request) {
      try {
        return primary.chat(request);
      } catch (RuntimeException e) {
        return fallback.chat(request);
      }
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
      return primary.defaultRequestParameters();
    }

    @Override
    public List<ChatModelListener> listeners() {
      return primary.listeners();
    }

    @Override
    public ModelProvider provider() {
      return primary.provider();
    }
  }

  record NaiveStream(StreamingChatModel primary, StreamingChatModel fallback)
      implements StreamingChatModel {
    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
      primary.chat(
          request,
          new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String text) {
              handler.onPartialResponse(text);
            }

            @Override
            public void onCompleteToolCall(CompleteToolCall toolCall) {
              handler.onCompleteToolCall(toolCall);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
              handler.onCompleteResponse(response);
            }

            @Override
            public void onError(Throwable error) {
              fallback.chat(request, handler);
            }
          });
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
      return primary.defaultRequestParameters();
    }

    @Override
    public List<ChatModelListener> listeners() {
      return primary.listeners();
    }

    @Override
    public ModelProvider provider() {
      return primary.provider();
    }
  }

  /** Run by {@link NaiveDecoratorTest} alone: every test of it fails. */
  static class OfOurs extends DecoratorContract {
    @Override
    ChatModel decorate(ChatModel primary, ChatModel fallback) {
      return new Naive(primary, fallback);
    }

    @Override
    StreamingChatModel decorate(StreamingChatModel primary, StreamingChatModel fallback) {
      return new NaiveStream(primary, fallback);
    }
  }

  /** Run by {@link NaiveDecoratorTest} alone: every test of it fails. */
  static class OfLangChain4j extends AbstractChatModelListenerIT {
    @Override
    protected ChatModel createModel(ChatModelListener listener) {
      ScriptedModel primary = ScriptedModel.named("model-a").answers("hi").listening(listener);
      return new Naive(primary, ScriptedModel.named("model-b").answers("hi"));
    }

    @Override
    protected ChatModel createFailingModel(ChatModelListener listener) {
      ScriptedModel failing =
          ScriptedModel.named("model-a")
              .fails(new InvalidRequestException("bad"))
              .listening(listener);
      return new Naive(failing, failing);
    }

    @Override
    protected String modelName() {
      return "model-a";
    }

    @Override
    protected Class<? extends Exception> expectedExceptionClass() {
      return InvalidRequestException.class;
    }
  }

  /** Run by {@link NaiveDecoratorTest} alone: every test of it fails. */
  static class OfLangChain4jStreaming extends AbstractStreamingChatModelListenerIT {
    @Override
    protected StreamingChatModel createModel(ChatModelListener listener) {
      ScriptedStream primary = ScriptedStream.named("model-a").answers("hi").listening(listener);
      return new NaiveStream(primary, ScriptedStream.named("model-b"));
    }

    @Override
    protected StreamingChatModel createFailingModel(ChatModelListener listener) {
      ScriptedStream failing =
          ScriptedStream.named("model-a")
              .fails(new InvalidRequestException("bad"))
              .listening(listener);
      return new NaiveStream(failing, failing);
    }

    @Override
    protected String modelName() {
      return "model-a";
    }

    @Override
    protected Class<? extends Exception> expectedExceptionClass() {
      return InvalidRequestException.class;
    }
  }
}
