package io.github.resilientchat.samples.aheadoftime;

import dev.langchain4j.service.spring.AiService;

/** Found by LangChain4j's scan when the application is built. */
@AiService
public interface Assistant {

  String chat(String question);
}
