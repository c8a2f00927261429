package io.github.resilientchat.samples.fivepatterns;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;

/** A LangChain4j AI service; the parameters name the route of a call. */
interface Assistant {

  String chat(@UserMessage String question, ChatRequestParameters parameters);

  TokenStream stream(@UserMessage String question, ChatRequestParameters parameters);
}
