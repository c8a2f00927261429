package io.github.resilientchat.autoconfigure;

/** Who answers the calls. */
enum Backend {
  /** Amazon Bedrock. */
  AWS,
  /** The embedded simulator, for development and tests. */
  SIMULATOR
}
