package io.github.resilientchat.transparency.kits;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.common.AbstractAiServiceWithToolsIT;
import java.util.List;

/** LangChain4j's tests of AI services: tools; run by {@link KitsTest} alone. */
class ToolsKit extends AbstractAiServiceWithToolsIT {

  @Override
  protected List<ChatModel> models() {
    return List.of(Kit.current().chat());
  }

  @Override
  protected boolean supportsRecursion() {
    return true;
  }

  @Override
  protected boolean supportsMultimodalToolResults() {
    return true;
  }

  /** The kit's own is fetched from elsewhere. */
  @Override
  protected Image catImage() {
    return Image.builder().base64Data("AAAA").mimeType("image/png").build();
  }
}
