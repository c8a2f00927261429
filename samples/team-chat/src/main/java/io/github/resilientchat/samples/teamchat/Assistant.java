package io.github.resilientchat.samples.teamchat;

import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.spring.AiService;

/** A LangChain4j AI service. */
@AiService
interface Assistant {

  String ask(String question);

  TokenStream stream(String question);
}
