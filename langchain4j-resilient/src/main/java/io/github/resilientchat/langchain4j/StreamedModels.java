package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.Streaming;
import io.github.resilientchat.core.route.Target;
import org.jspecify.annotations.Nullable;

/**
 * How targets' models are called and read. A part is what LangChain4j hands to a handler: a piece
 * of text, of thinking or of a tool call, a whole tool call, or the whole answer, which comes last.
 */
record StreamedModels(ChatCall<StreamingChatModel> chat) implements Streaming.Models<Object> {

  /**
   * A tool call that is complete.
   *
   * @param length characters that did not come in pieces before
   */
  record WholeToolCall(CompleteToolCall call, long length) {}

  @Override
  public void call(Target target, Streaming.Signals<Object> signals) {
    if (chat.watch() != AttemptWatch.NONE) {
      signals.onEnd(WatchedAttempt.of(chat, target)::ended);
    }
    KnownModel<StreamingChatModel> known = chat.known(target);
    known.model().chat(chat.requestFor(known), chat.options(), new TargetHandler(signals));
  }

  /** A whole tool call, too: an AI service with a tool executor runs the tool at once. */
  @Override
  public boolean hasContent(Object part) {
    return !(part instanceof ChatResponse);
  }

  @Override
  public long length(Object part) {
    if (part instanceof PartialResponse text) {
      return text.text().length();
    } else if (part instanceof PartialThinking thinking) {
      return thinking.text().length();
    } else if (part instanceof PartialToolCall piece) {
      return piece.partialArguments().length();
    }
    return part instanceof WholeToolCall whole ? whole.length() : 0;
  }

  @Override
  public void addText(Object part, StringBuilder text) {
    if (part instanceof PartialResponse piece) {
      text.append(piece.text());
    }
  }

  @Override
  public boolean finishes(Object part) {
    return part instanceof ChatResponse answer && answer.finishReason() != null;
  }

  @Override
  public @Nullable Usage usage(Object part) {
    return part instanceof ChatResponse answer ? AnswerTokens.of(answer.tokenUsage()) : null;
  }
}
