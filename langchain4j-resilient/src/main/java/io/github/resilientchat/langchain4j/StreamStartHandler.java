package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;

/**
 * A handler that can cancel before the first token. LangChain4j hands out a handle only with
 * content; a resilient model gives one to this handler before the call does anything.
 */
public interface StreamStartHandler extends StreamingChatResponseHandler {

  /**
   * The call is about to start, on the calling thread.
   *
   * @param handle cancels the call at any time, also while it waits or moves to another target
   */
  void onStart(StreamingHandle handle);
}
