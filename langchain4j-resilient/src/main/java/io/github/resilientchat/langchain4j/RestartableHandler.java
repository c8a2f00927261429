package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.resilientchat.core.report.StreamInterruptedException;

/**
 * A handler that can discard what it got. When a stream breaks after content and a new call makes
 * sense, this handler is told to discard, and the call starts once more from scratch: at most once
 * per call, within the time that is left of it, and counted against the caller's quota as a call of
 * its own. What was received before stays charged. Every other handler gets the error.
 *
 * <p>Handlers that LangChain4j's AI services put in front of a model are not restartable: what a
 * {@code TokenStream} has told its consumers cannot be taken back.
 *
 * <p>The answer's report holds the attempts of both tries, route listeners hear of each try, and
 * the attribute {@link #RESTARTED_ATTRIBUTE} tells chat model listeners.
 */
public interface RestartableHandler extends StreamingChatResponseHandler {

  /** Listener attribute that holds the {@link StreamInterruptedException} after a restart. */
  String RESTARTED_ATTRIBUTE = "resilient.restarted";

  /**
   * Everything received so far is void; the answer begins anew. Comes in order with all other
   * signals.
   *
   * @param why what broke, with the text received before
   */
  void onRestart(StreamInterruptedException why);
}
