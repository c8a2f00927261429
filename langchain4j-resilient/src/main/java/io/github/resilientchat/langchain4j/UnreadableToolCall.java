package io.github.resilientchat.langchain4j;

import io.github.resilientchat.core.adapter.NamedTypes;
import io.github.resilientchat.core.failure.Causes;

/**
 * LangChain4j's own error about arguments of a tool call that are no JSON: the model has written
 * them so, and would anywhere. Not its cause, where a provider's classifier would take a {@code
 * JsonEOFException} for a broken connection.
 */
final class UnreadableToolCall extends RuntimeException {

  private static final long serialVersionUID = 1L;

  // By name: what cannot be read inside the SDK is of a class of its own, and the service's fault.
  private static final NamedTypes NO_JSON =
      NamedTypes.of("com.fasterxml.jackson.core.JsonProcessingException");

  private final transient Throwable error;

  private UnreadableToolCall(Throwable error) {
    super("LangChain4j cannot read the arguments of a tool call");
    this.error = error;
  }

  /** The error as the engine is told of it, when a whole tool call was the last thing heard. */
  static Throwable afterToolCall(Throwable error) {
    return Causes.of(error).stream().anyMatch(NO_JSON::include)
        ? new UnreadableToolCall(error)
        : error;
  }

  /** The error as LangChain4j's own models tell it. */
  static Throwable asTold(Throwable reason) {
    return Causes.of(reason).stream()
        .filter(UnreadableToolCall.class::isInstance)
        .map(cause -> ((UnreadableToolCall) cause).error)
        .findFirst()
        .orElse(reason);
  }
}
