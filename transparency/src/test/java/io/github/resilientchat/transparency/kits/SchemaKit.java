package io.github.resilientchat.transparency.kits;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.common.AbstractAiServiceWithJsonSchemaIT;
import java.util.List;

/** LangChain4j's tests of AI services: answers by a schema; run by {@link KitsTest} alone. */
class SchemaKit extends AbstractAiServiceWithJsonSchemaIT {

  @Override
  protected List<ChatModel> models() {
    return List.of(Kit.current().chat());
  }

  @Override
  protected boolean supportsRecursion() {
    return true;
  }
}
