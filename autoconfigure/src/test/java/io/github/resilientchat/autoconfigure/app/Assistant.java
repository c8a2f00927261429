package io.github.resilientchat.autoconfigure.app;

import dev.langchain4j.service.spring.AiService;

@AiService
public interface Assistant {

  String chat(String message);
}
