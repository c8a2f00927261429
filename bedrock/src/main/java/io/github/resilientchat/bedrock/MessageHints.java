package io.github.resilientchat.bedrock;

import java.util.List;

/** Phrases, in lower case, that tell apart what shares one error code. */
enum MessageHints {
  /** ValidationException: the prompt does not fit; a larger context window would help. */
  TOO_LONG(
      "input is too long",
      "prompt is too long",
      "input tokens exceeded",
      "exceeds maximum length",
      "maximum context length",
      "exceed context limit",
      "context window",
      "too many input tokens"),

  /** ValidationException: the model id does not work here, whatever the request says. */
  WRONG_TARGET(
      // Bedrock writes a typographic apostrophe: "on-demand throughput isn’t supported".
      "on-demand throughput isn",
      "model identifier is invalid",
      "provided arn is invalid",
      "inference profile is invalid"),

  /** AccessDeniedException: about one resource, not about the account. */
  DENIES_ONE_MODEL(
      "on resource:",
      "access to the model",
      "model access",
      "marketplace",
      "explicit deny",
      "inference profile");

  private final List<String> phrases;

  MessageHints(String... phrases) {
    this.phrases = List.of(phrases);
  }

  boolean in(String lowerCaseText) {
    return phrases.stream().anyMatch(lowerCaseText::contains);
  }
}
