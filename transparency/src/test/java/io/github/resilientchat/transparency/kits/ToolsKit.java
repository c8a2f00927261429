package io.github.resilientchat.transparency.kits;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.common.AbstractAiServiceWithToolsIT;
import java.util.List;

/** LangChain4j's tests of AI services: tools; run by {@link KitsTest} alone. */
class ToolsKit extends AbstractAiServiceWithToolsIT {

  @Override
  protected List<ChatModel> models() {
    return List.of(Kit.current().chat());
  }
}
