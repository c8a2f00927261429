package io.github.resilientchat.transparency;

/** How a model over one healthy target comes about. */
enum Way {
  /** The framework's own model, with a client of the SDK that does not retry. */
  PLAIN,
  /** The same behind a decorator that was built by hand. */
  BUILDER,
  /** The framework's model with a guarded client, behind a decorator. */
  GUARDED,
  /** What the starters make of properties. */
  STARTER;

  static final String MODEL = "us.amazon.nova-pro-v1:0";
}
