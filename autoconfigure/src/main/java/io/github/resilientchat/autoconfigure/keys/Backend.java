package io.github.resilientchat.autoconfigure.keys;

/** Who answers the calls. */
enum Backend {
  /** Amazon Bedrock. */
  AWS,
  /** The embedded simulator, for development and tests. */
  SIMULATOR
}
