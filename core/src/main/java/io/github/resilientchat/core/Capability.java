package io.github.resilientchat.core;

/** Something that a request needs and not every target can do. */
public enum Capability {
  /** The model may ask for tools to be called. */
  TOOLS,
  /** The request holds images. */
  IMAGES,
  /** The request holds documents. */
  DOCUMENTS,
  /** The answer must follow a JSON schema. */
  JSON_SCHEMA
}
