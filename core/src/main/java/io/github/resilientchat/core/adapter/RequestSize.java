package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.TokenEstimate;
import org.jspecify.annotations.Nullable;

/**
 * The size of a request: one rule for all frameworks, each of which walks its own messages. Text
 * counts 3.5 characters a token; so do the name, description and schema of a tool, the arguments
 * and results of tool calls, reasoning that is sent back, and the schema of an answer. Whatever is
 * not text counts 1,600 tokens: Claude scales an image down to about as many at most
 * (https://docs.anthropic.com/en/docs/build-with-claude/vision), and nobody knows what a document
 * holds before the model has read it. Not thread-safe.
 */
public final class RequestSize {

  private static final long MEDIA_TOKENS = 1_600;

  private long characters;
  private long media;

  /** Text of any kind; null is none. */
  public RequestSize text(@Nullable CharSequence text) {
    characters += text == null ? 0 : text.length();
    return this;
  }

  /** So many characters of text. */
  public RequestSize characters(long more) {
    characters += more;
    return this;
  }

  /** An image, a document, or any other content that is no text. */
  public RequestSize media() {
    media++;
    return this;
  }

  /**
   * The tokens to reserve.
   *
   * @param maxOutput the request's limit on output tokens, or null when it sets none
   */
  public TokenEstimate estimate(@Nullable Integer maxOutput) {
    TokenEstimate text = TokenEstimate.ofText(characters, maxOutput);
    return new TokenEstimate(text.input() + media * MEDIA_TOKENS, text.maxOutput(), text.bounded());
  }
}
