package io.github.resilientchat.bedrock;

import java.util.List;

/** Phrases, in lower case and with straight apostrophes, that tell apart what shares one code. */
enum MessageHints {
  /** The day's quota, which no model of the account and Region escapes. */
  DAILY("per day"),

  /** Signed for another Region than the endpoint's. */
  WRONG_REGION("credential should be scoped"),

  /** The keys or the token, and not what they may do. */
  BAD_TOKEN("security token", "signature expired", "signature not yet current"),

  /** The account itself is out. */
  ACCOUNT_OUT(
      "account is suspended",
      "account has been suspended",
      "account is blocked",
      "account is closed",
      "subscribed to the service"),

  /** An agreement with a model's provider is not in force yet. */
  AGREEMENT("agreement"),

  /**
   * A cache point, which the model or the way it is called has no cache for: "You invoked an
   * unsupported model or your request did not allow prompt caching" is a 403 and about the request.
   */
  NO_CACHE("prompt caching", "cache point", "cachepoint"),

  /** One resource of the account. */
  ONE_RESOURCE(
      "on resource:",
      "access to the model",
      "model access",
      "marketplace",
      "explicit deny",
      "inference profile",
      "guardrail",
      "region"),

  /** The prompt does not fit; a larger context window would help. */
  TOO_LONG(
      "input is too long",
      "prompt is too long",
      "input tokens exceeded",
      "exceeds maximum length",
      "maximum context length",
      "exceed context limit",
      "context window",
      "too many input tokens"),

  /** The model id does not work here, whatever the request says. */
  WRONG_TARGET(
      // Bedrock writes a typographic apostrophe: "on-demand throughput isn’t supported".
      "on-demand throughput isn",
      "model identifier is invalid",
      "provided arn is invalid",
      "inference profile is invalid",
      "doesn't support the model that you provided",
      "end of its life"),

  /** The account may not use the model yet, said as if of the request. */
  NOT_ENABLED("operation not allowed"),

  /** What this model cannot do, and another one may. */
  MODEL_CANNOT(
      "exceeds the model limit",
      "maximum allowed number of output tokens",
      "doesn't support",
      "does not support",
      "isn't supported",
      "is not supported",
      "not supported by",
      "not supported for",
      "unsupported",
      "cannot both be specified",
      "is deprecated for this model",
      "extraneous key",
      "extra inputs are not permitted",
      "did not allow prompt caching");

  private final List<String> phrases;

  MessageHints(String... phrases) {
    this.phrases = List.of(phrases);
  }

  boolean in(String lowerCaseText) {
    return phrases.stream().anyMatch(lowerCaseText::contains);
  }

  /** For a reader, as alternatives. */
  String phrases() {
    return String.join(" / ", phrases.stream().map(phrase -> '"' + phrase + '"').toList());
  }
}
