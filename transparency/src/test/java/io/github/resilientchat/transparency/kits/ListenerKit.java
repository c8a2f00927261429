package io.github.resilientchat.transparency.kits;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelListenerIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import java.util.List;

/** LangChain4j's tests of listeners; run by {@link KitsTest} alone. */
class ListenerKit extends AbstractChatModelListenerIT {

  /** As the kit's own values have it. */
  static final ChatRequestParameters PARAMETERS =
      ChatRequestParameters.builder().temperature(0.7).topP(1.0).maxOutputTokens(7).build();

  @Override
  protected ChatModel createModel(ChatModelListener listener) {
    return Kit.current().chat(PARAMETERS, List.of(listener));
  }

  @Override
  protected ChatModel createFailingModel(ChatModelListener listener) {
    return Kit.current().chat(failing(), List.of(listener));
  }

  static ChatRequestParameters failing() {
    return PARAMETERS.overrideWith(
        ChatRequestParameters.builder().modelName(Knowing.REFUSED).build());
  }

  /** A decorator's is a route's. */
  @Override
  protected String modelName() {
    return Kit.current().nameOfModels();
  }

  @Override
  protected Class<? extends Exception> expectedExceptionClass() {
    return InvalidRequestException.class;
  }
}
