package io.github.resilientchat.transparency.kits;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelListenerIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import java.util.List;

/** LangChain4j's tests of listeners of streams; run by {@link KitsTest} alone. */
class StreamingListenerKit extends AbstractStreamingChatModelListenerIT {

  @Override
  protected StreamingChatModel createModel(ChatModelListener listener) {
    return Kit.current().stream(ListenerKit.PARAMETERS, List.of(listener));
  }

  @Override
  protected StreamingChatModel createFailingModel(ChatModelListener listener) {
    return Kit.current().stream(ListenerKit.failing(), List.of(listener));
  }

  @Override
  protected String modelName() {
    return Kit.current().nameOfModels();
  }

  @Override
  protected Class<? extends Exception> expectedExceptionClass() {
    return InvalidRequestException.class;
  }
}
