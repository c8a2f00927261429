package io.github.resilientchat.transparency;

import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;

/** Notes what a listener of LangChain4j is told. */
record NotingListener(String name, Transcript heard) implements ChatModelListener {

  @Override
  public void onRequest(ChatModelRequestContext context) {
    heard.add(
        name + " request",
        context.chatRequest().messages().size()
            + " messages for "
            + context.chatRequest().modelName()
            + " of "
            + context.modelProvider()
            + ", at most "
            + context.chatRequest().maxOutputTokens());
    context.attributes().put("noted", true);
  }

  @Override
  public void onResponse(ChatModelResponseContext context) {
    heard.add(
        name + " response",
        context.chatResponse().finishReason()
            + ", "
            + context.chatResponse().tokenUsage()
            + ", noted "
            + context.attributes().get("noted"));
  }

  @Override
  public void onError(ChatModelErrorContext context) {
    heard.error(name + " error", context.error());
  }
}
