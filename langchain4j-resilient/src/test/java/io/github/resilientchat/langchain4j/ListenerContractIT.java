package io.github.resilientchat.langchain4j;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelListenerIT;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelListenerIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import io.github.resilientchat.core.adapter.StreamThreads;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** LangChain4j's own contract of listeners, on calls that need a second target. */
class ListenerContractIT {

  private static final RateLimitException THROTTLED = new RateLimitException("slow down");
  private static final InvalidRequestException REFUSED = new InvalidRequestException("bad");

  /**
   * What both listeners of blocking calls have in common; the name is the model's that they see.
   */
  private abstract static class Blocking extends AbstractChatModelListenerIT {

    private final String model;

    Blocking(String model) {
      this.model = model;
    }

    abstract ResilientChatModel.Builder listened(
        ResilientChatModel.Builder route, ScriptedModel last, ChatModelListener listener);

    @Override
    protected ChatModel createModel(ChatModelListener listener) {
      return listened(
              ResilientChatModel.builder()
                  .target("a", ScriptedModel.named("model-a").fails(THROTTLED)),
              ScriptedModel.named("model-b").answers("hi"),
              listener)
          .build();
    }

    @Override
    protected ChatModel createFailingModel(ChatModelListener listener) {
      return listened(
              ResilientChatModel.builder(), ScriptedModel.named("model-a").fails(REFUSED), listener)
          .build();
    }

    @Override
    protected String modelName() {
      return model;
    }

    @Override
    protected Class<? extends Exception> expectedExceptionClass() {
      return InvalidRequestException.class;
    }
  }

  /** The same of streams. */
  private abstract static class Streamed extends AbstractStreamingChatModelListenerIT {

    private final String model;

    Streamed(String model) {
      this.model = model;
    }

    abstract ResilientStreamingChatModel.Builder listened(
        ResilientStreamingChatModel.Builder route, ScriptedStream last, ChatModelListener listener);

    @Override
    protected StreamingChatModel createModel(ChatModelListener listener) {
      return listened(
              prompt().target("a", ScriptedStream.named("model-a").fails(THROTTLED)),
              ScriptedStream.named("model-b").answers("hi"),
              listener)
          .build();
    }

    @Override
    protected StreamingChatModel createFailingModel(ChatModelListener listener) {
      return listened(prompt(), ScriptedStream.named("model-a").fails(REFUSED), listener).build();
    }

    /** The contract waits five seconds for an answer, which a thread of ours may take to begin. */
    private static ResilientStreamingChatModel.Builder prompt() {
      return ResilientStreamingChatModel.builder()
          .threads(new StreamThreads(Runnable::run, StreamThreads.shared().alarms()));
    }

    @Override
    protected String modelName() {
      return model;
    }

    @Override
    protected Class<? extends Exception> expectedExceptionClass() {
      return InvalidRequestException.class;
    }
  }

  @Nested
  class OfTheCall extends Blocking {
    OfTheCall() {
      super("default");
    }

    @Override
    ResilientChatModel.Builder listened(
        ResilientChatModel.Builder route, ScriptedModel last, ChatModelListener listener) {
      return route.fallback("b", last).listeners(List.of(listener));
    }
  }

  @Nested
  class OfATarget extends Blocking {
    OfATarget() {
      super("model-b");
    }

    @Override
    ResilientChatModel.Builder listened(
        ResilientChatModel.Builder route, ScriptedModel last, ChatModelListener listener) {
      return route.fallback("b", last.listening(listener));
    }
  }

  @Nested
  class OfTheStreamedCall extends Streamed {
    OfTheStreamedCall() {
      super("default");
    }

    @Override
    ResilientStreamingChatModel.Builder listened(
        ResilientStreamingChatModel.Builder route,
        ScriptedStream last,
        ChatModelListener listener) {
      return route.fallback("b", last).listeners(List.of(listener));
    }
  }

  @Nested
  class OfATargetsStream extends Streamed {
    OfATargetsStream() {
      super("model-b");
    }

    @Override
    ResilientStreamingChatModel.Builder listened(
        ResilientStreamingChatModel.Builder route,
        ScriptedStream last,
        ChatModelListener listener) {
      return route.fallback("b", last.listening(listener));
    }
  }
}
