package io.github.resilientchat.langchain4j;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelListenerIT;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelListenerIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** LangChain4j's own contract of listeners, on calls that need a second target. */
class ListenerContractIT {

  private static final RateLimitException THROTTLED = new RateLimitException("slow down");
  private static final InvalidRequestException REFUSED = new InvalidRequestException("bad");

  @Nested
  class OfTheCall extends AbstractChatModelListenerIT {
    @Override
    protected ChatModel createModel(ChatModelListener listener) {
      return ResilientChatModel.builder()
          .target("a", ScriptedModel.named("model-a").fails(THROTTLED))
          .fallback("b", ScriptedModel.named("model-b").answers("hi"))
          .listeners(List.of(listener))
          .build();
    }

    @Override
    protected ChatModel createFailingModel(ChatModelListener listener) {
      return ResilientChatModel.builder()
          .target("a", ScriptedModel.named("model-a").fails(REFUSED))
          .listeners(List.of(listener))
          .build();
    }

    @Override
    protected String modelName() {
      return "default";
    }

    @Override
    protected Class<? extends Exception> expectedExceptionClass() {
      return InvalidRequestException.class;
    }
  }

  @Nested
  class OfATarget extends AbstractChatModelListenerIT {
    @Override
    protected ChatModel createModel(ChatModelListener listener) {
      return ResilientChatModel.builder()
          .target("a", ScriptedModel.named("model-a").fails(THROTTLED))
          .fallback("b", ScriptedModel.named("model-b").answers("hi").listening(listener))
          .build();
    }

    @Override
    protected ChatModel createFailingModel(ChatModelListener listener) {
      return ResilientChatModel.builder()
          .target("a", ScriptedModel.named("model-a").fails(REFUSED).listening(listener))
          .build();
    }

    @Override
    protected String modelName() {
      return "model-b";
    }

    @Override
    protected Class<? extends Exception> expectedExceptionClass() {
      return InvalidRequestException.class;
    }
  }

  @Nested
  class OfTheStreamedCall extends AbstractStreamingChatModelListenerIT {
    @Override
    protected StreamingChatModel createModel(ChatModelListener listener) {
      return ResilientStreamingChatModel.builder()
          .target("a", ScriptedStream.named("model-a").fails(THROTTLED))
          .fallback("b", ScriptedStream.named("model-b").answers("hi"))
          .listeners(List.of(listener))
          .build();
    }

    @Override
    protected StreamingChatModel createFailingModel(ChatModelListener listener) {
      return ResilientStreamingChatModel.builder()
          .target("a", ScriptedStream.named("model-a").fails(REFUSED))
          .listeners(List.of(listener))
          .build();
    }

    @Override
    protected String modelName() {
      return "default";
    }

    @Override
    protected Class<? extends Exception> expectedExceptionClass() {
      return InvalidRequestException.class;
    }
  }

  @Nested
  class OfATargetsStream extends AbstractStreamingChatModelListenerIT {
    @Override
    protected StreamingChatModel createModel(ChatModelListener listener) {
      return ResilientStreamingChatModel.builder()
          .target("a", ScriptedStream.named("model-a").fails(THROTTLED))
          .fallback("b", ScriptedStream.named("model-b").answers("hi").listening(listener))
          .build();
    }

    @Override
    protected StreamingChatModel createFailingModel(ChatModelListener listener) {
      return ResilientStreamingChatModel.builder()
          .target("a", ScriptedStream.named("model-a").fails(REFUSED).listening(listener))
          .build();
    }

    @Override
    protected String modelName() {
      return "model-b";
    }

    @Override
    protected Class<? extends Exception> expectedExceptionClass() {
      return InvalidRequestException.class;
    }
  }
}
